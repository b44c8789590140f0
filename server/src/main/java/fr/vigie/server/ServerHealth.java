package fr.vigie.server;

import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.ingest.IngestService;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} says of the parts that a running server needs. */
@Configuration(proxyBeanMethods = false)
class ServerHealth {
  private static final int MOST_NAMES = 50;

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

  /** Agents that are away or whose clock is wrong are told; the server itself is well. */
  @Bean
  HealthIndicator agentsHealthIndicator(IngestService ingest) {
    return () -> {
      List<AgentSeen> agents = ingest.agents().agents();
      return Health.up()
          .withDetail("known", agents.size())
          .withDetail("away", names(agents, agent -> !agent.online()))
          .withDetail(
              "wrongClock",
              names(agents, agent -> !ingest.agents().skews(agent.source()).isEmpty()))
          .build();
    };
  }

  private static List<String> names(List<AgentSeen> agents, Predicate<AgentSeen> which) {
    return agents.stream()
        .filter(which)
        .map(agent -> agent.source().site() + '/' + agent.source().agent())
        .limit(MOST_NAMES)
        .toList();
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
