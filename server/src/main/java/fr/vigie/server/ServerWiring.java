package fr.vigie.server;

import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.BrokerAccess;
import fr.vigie.server.ingest.DeadLetters;
import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.ingest.IngestService;
import fr.vigie.server.settings.BrokerChoice;
import fr.vigie.server.settings.ConfigurationMistakes;
import fr.vigie.server.settings.Mistake;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which parts there are and what each is given. */
@Configuration(proxyBeanMethods = false)
class ServerWiring {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean(destroyMethod = "close")
  DataFolder dataFolder(VigieSettings settings) {
    return DataFolder.take(settings.folder());
  }

  @Bean(destroyMethod = "close")
  Store store(VigieSettings settings, DataFolder folder, InstantSource clock) {
    try {
      return StoreOpening.open(settings.storeChoice(), folder.path(), clock);
    } catch (IOException e) {
      throw new ConfigurationMistakes(
          List.of(
              new Mistake(
                  "settings",
                  "vigie.data",
                  folder.path().toString(),
                  "a folder whose store opens: " + e.getMessage())));
    }
  }

  @Bean(destroyMethod = "close")
  Broker broker(VigieSettings settings, DataFolder folder) {
    BrokerChoice choice = settings.brokerChoice();
    if (choice instanceof BrokerChoice.External external) {
      return new Broker(Optional.empty(), access(external));
    }
    BrokerChoice.Embedded own = (BrokerChoice.Embedded) choice;
    EmbeddedBroker embedded =
        new EmbeddedBroker(
            own.bind(), own.port(), folder.path().resolve("broker"), IngestService.DATA_FILTER);
    embedded.start();
    return new Broker(Optional.of(embedded), BrokerAccess.open(embedded.address()));
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  IngestService ingest(
      Store store,
      Broker broker,
      DataFolder folder,
      List<IngestListener> listeners,
      VigieSettings settings,
      MeterRegistry registry,
      InstantSource clock,
      AgentDirectory agents) {
    String generation = store instanceof Marked marked ? marked.generation() : "";
    return new IngestService(
        store,
        () -> generation,
        broker.access(),
        folder.path(),
        listeners,
        registry,
        clock,
        agents);
  }

  @Bean
  AgentDirectory agentDirectory(VigieSettings settings, DataFolder folder, InstantSource clock) {
    return AgentDirectory.open(folder.path(), clock, settings.skewLimit());
  }

  @Bean
  DeadLetters deadLetters(IngestService ingest) {
    return ingest.deadLetters();
  }

  private static BrokerAccess access(BrokerChoice.External external) {
    return new BrokerAccess(
        external.address(),
        external.authorities(),
        external.user(),
        () -> StoreOpening.firstLine(external.passwordFile()).toCharArray());
  }
}
