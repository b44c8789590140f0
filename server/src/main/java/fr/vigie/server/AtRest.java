package fr.vigie.server;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.live.Arrivals;
import fr.vigie.server.live.Watchers;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.server.store.Store;
import fr.vigie.server.web.Answers;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The parts that make figures of a data folder whose server does not run. */
@EnableConfigurationProperties(VigieSettings.class)
@ComponentScan(basePackageClasses = {Plant.class, Diagnosis.class})
@Import({Arrivals.class, Watchers.class, Answers.class})
class AtRest {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean(destroyMethod = "close")
  DataFolder dataFolder(VigieSettings settings) {
    return DataFolder.take(settings.folder());
  }

  @Bean(destroyMethod = "close")
  Store store(VigieSettings settings, DataFolder folder, InstantSource clock) throws IOException {
    return StoreOpening.open(settings.storeChoice(), folder.path(), clock);
  }

  @Bean
  AgentDirectory agentDirectory(VigieSettings settings, DataFolder folder, InstantSource clock) {
    return AgentDirectory.open(folder.path(), clock, settings.skewLimit());
  }
}
