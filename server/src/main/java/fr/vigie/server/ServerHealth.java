package fr.vigie.server;

import fr.vigie.server.ingest.IngestService;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} says of the parts that a running server needs. */
@Configuration(proxyBeanMethods = false)
class ServerHealth {
  @Bean
  HealthIndicator storeHealthIndicator(IngestService ingest) {
    return () ->
        ingest
            .storeTrouble()
            .map(
                trouble ->
                    Health.down()
                        .withDetail("since", trouble.since().toString())
                        .withDetail("reason", trouble.reason())
                        .withDetail(
                            "todo",
                            "see to the disk of the data folder; agents keep their data meanwhile")
                        .build())
            .orElseGet(() -> Health.up().build());
  }

  @Bean
  HealthIndicator brokerHealthIndicator(IngestService ingest, Broker broker) {
    return () ->
        ingest
            .brokerTrouble()
            .map(reason -> Health.down().withDetail("reason", reason))
            .orElseGet(Health::up)
            .withDetail("address", broker.access().address().toString())
            .build();
  }
}
