package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Quality;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AgentMeters meters = new AgentMeters(registry);

  private void says(String agent, String machine, String signal, double... values) {
    Column.Builder column = Column.numbers();
    for (int i = 0; i < values.length; i++) {
      column.add(i, values[i], Quality.GOOD);
    }
    meters.committed(
        List.of(
            new IncomingBatch(
                new IncomingBatch.Source("lyon", agent),
                1,
                1,
                0,
                List.of(
                    new IncomingBatch.Part(new Series("lyon", machine, signal), column.build())),
                List.of())));
  }

  private double gauge(String name, String agent) {
    return registry.get(name).tags("site", "lyon", "agent", agent).gauge().value();
  }

  @Test
  void whatAnAgentLastSaidOfItselfIsAGauge() {
    says("pi-1", "pi-1", "agent.outbox", 10, 20);
    says("pi-2", "pi-2", "agent.outbox", 5);
    says("pi-1", "pi-1", "agent.outbox", 30);

    assertThat(gauge("vigie.agent.outbox", "pi-1")).isEqualTo(30);
    assertThat(gauge("vigie.agent.outbox", "pi-2")).isEqualTo(5);
  }

  @Test
  void whatItReadsOfMachinesIsNone() {
    says("pi-1", "press", "agent.outbox", 10);
    says("pi-1", "pi-1", "oil", 10);

    assertThat(registry.getMeters()).isEmpty();
  }
}
