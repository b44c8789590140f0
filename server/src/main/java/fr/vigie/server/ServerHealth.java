package fr.vigie.server;

import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.ingest.IngestService;
import fr.vigie.server.store.Store;
import fr.vigie.server.store.ledger.LedgerStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  HealthIndicator storeHealthIndicator(IngestService ingest, Store store) {
    return () ->
        away(store)
            .map(it -> down(it.since(), it.reason(), "see to it"))
            .or(
                () ->
                    ingest
                        .storeTrouble()
                        .map(
                            it ->
                                down(
                                    it.since(), it.reason(), "see to the disk of the data folder")))
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

  /** A database that was away is asked again, whether or not anything is to be written. */
  private static Optional<LedgerStore.Trouble> away(Store store) {
    if (!(store instanceof LedgerStore ledger) || ledger.trouble().isEmpty()) {
      return Optional.empty();
    }
    try {
      ledger.reach();
    } catch (IOException e) {
      return ledger.trouble();
    }
    return Optional.empty();
  }

  private static Health down(Instant since, String reason, String todo) {
    return Health.down()
        .withDetail("since", since.toString())
        .withDetail("reason", reason)
        .withDetail("todo", todo + "; agents keep their data meanwhile")
        .build();
  }
}
