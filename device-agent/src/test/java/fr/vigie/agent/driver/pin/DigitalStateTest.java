package fr.vigie.agent.driver.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.GpioLines.Bias;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigitalStateTest {
  private final Bench bench = new Bench();
  private final Switches line = new Switches(bench);

  private static DigitalState config(String line, GpioInput input) {
    return new DigitalState(
        "press-1",
        line,
        input,
        "running",
        "idle",
        Duration.ofMillis(20),
        Duration.ofMinutes(1),
        Map.of("run", new Measured(Optional.of("state"), fr.vigie.agent.refine.Refinement.NONE)));
  }

  private Driver contact() throws IOException {
    return new DigitalState.Reader(line, config("GPIO4", Switches.input()), bench.context());
  }

  @Test
  void theStateIsToldAtOnceAndOnEachChangeWithTheTimeOfTheEdge() throws IOException {
    Driver contact = contact();
    line.after(500, true).after(1, false).after(1, true).after(2000, false);
    line.run(contact, 4000);

    assertThat(bench.readings).containsExactly("run=idle", "run=running", "run=idle");
    assertThat(bench.samples.get(1).time()).isEqualTo(Bench.START.plusMillis(502));
    assertThat(bench.samples.get(2).time()).isEqualTo(Bench.START.plusMillis(2502));
  }

  @Test
  void aStateThatHoldsIsToldAgainAfterItsSilence() throws IOException {
    Driver contact = contact();
    line.run(contact, 125_000);

    assertThat(bench.readings).containsExactly("run=idle", "run=idle", "run=idle");
    assertThat(Duration.between(Bench.START, bench.samples.get(1).time()).toMillis())
        .isBetween(60_000L, 60_250L);
  }

  @Test
  void theLastEdgeDecidesWhenOthersCouldNotBeKept() throws IOException {
    Driver contact = contact();
    for (int i = 0; i < 2001; i++) {
      line.after(0.1, i % 2 == 0);
    }
    line.stall(1000);
    line.run(contact, 1000);

    assertThat(bench.readings).containsExactly("run=idle", "run=running");
    assertThat(bench.losses).hasSize(1);
    assertThat(bench.losses.get(0).count()).isEqualTo(2001 - 1024);
  }

  @Test
  void aLineByItsNumberNeedsItsChip() {
    assertThatThrownBy(() -> config("4", Switches.input()))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("chip: found nothing");
    GpioInput known =
        new GpioInput(Optional.of("pinctrl-rp1"), GpioInput.Voltage.LOW, Bias.PULL_UP);

    assertThat(config("4", known).place().toString()).isEqualTo("GPIO chip pinctrl-rp1 line 4");
  }
}
