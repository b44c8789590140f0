package fr.vigie.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fr.vigie.agent.driver.Finding;
import fr.vigie.link.CourierStatus;
import fr.vigie.time.ClockState;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final long MEBI = 1 << 20;

  @TempDir Path folder;
  private boolean connected = true;
  private long bytes;
  private String problem = "";
  private String sensorProblem = "";
  private Map<Loss.Reason, Long> losses = Map.of();
  private ClockState clock =
      new ClockState(
          ClockState.Source.SYSTEM,
          NOW.minusSeconds(7_000),
          Duration.ZERO,
          Duration.ZERO,
          Optional.of(Duration.ofMillis(12)),
          0,
          Optional.empty());

  private AgentStatus status() {
    return new AgentStatus(
        "atelier",
        "press-pi",
        NOW.minusSeconds(7_200),
        NOW,
        clock,
        new Fill(bytes, 256 * MEBI, OptionalDouble.of(2 * MEBI)),
        new CourierStatus(
            connected,
            "tcp://broker:1883",
            NOW.minusSeconds(600),
            problem,
            "",
            7,
            40,
            39,
            1,
            bytes,
            1,
            losses.values().stream().mapToLong(Long::longValue).sum(),
            0,
            Optional.of(NOW.minusSeconds(1)),
            losses,
            1_000),
        List.of(
            new SensorStatus(
                "press",
                sensorProblem.isEmpty(),
                NOW.minusSeconds(90),
                sensorProblem,
                9,
                8,
                0,
                1,
                Map.of("force", "3 points of 2026-11-03 by the metrology lab"),
                List.of(Finding.fine("9 lines"), Finding.look("1 refused")))),
        "");
  }

  private String text() throws IOException {
    StatusFile file = new StatusFile(folder.resolve("status.json"));
    file.write(status());
    return StatusText.read(file.path()).toString();
  }

  @Test
  void whatCanBeToldOfASensorIsInTheFile() throws IOException {
    text();
    StatusText status = StatusText.read(folder.resolve("status.json"));

    assertThat(status.findings("press"))
        .hasValue(List.of(Finding.fine("9 lines"), Finding.look("1 refused")));
    assertThat(status.findings("oven")).isEmpty();
    assertThat(status.clock().fine()).isTrue();
  }

  @Test
  void anAgentThatIsWellSaysSo() throws IOException {
    assertThat(status().attention()).isEmpty();
    assertThat(text())
        .startsWith("press-pi of atelier: all is well\n")
        .contains("connected to tcp://broker:1883 since 2026-11-24T13:50:00Z (10 min before)")
        .contains("last acknowledged 2026-11-24T13:59:59Z (1 s before), 1 batches wait")
        .contains("0.0 of 256.0 MB; at the present rate room for 128.0 h")
        .contains("known from the board since")
        .contains("running since 2026-11-24T13:58:30Z (90 s before), 8 samples, 1 rejected")
        .contains("force calibrated at 3 points of 2026-11-03 by the metrology lab")
        .contains("none declared since the start");
  }

  @Test
  void whatIsWrongComesFirstWithSinceWhenAndWhatToDo() throws IOException {
    connected = false;
    problem = "no broker answers";
    sensorProblem = "/dev/ttyUSB0 is not there: is it plugged in?";
    bytes = 230 * MEBI;
    losses = Map.of(Loss.Reason.DEVICE_GAP, 2L);

    assertThat(text())
        .contains(
            "press-pi of atelier: needs attention\n"
                + "  ! no link to tcp://broker:1883 since 2026-11-24T13:50:00Z: no broker answers;"
                + " readings wait on the disk\n"
                + "  ! the outbox is 89 % full, at this rate full in 780 min: restore the link, or"
                + " set `outbox` to more\n"
                + "  ! press since 2026-11-24T13:58:30Z: /dev/ttyUSB0 is not there: is it plugged"
                + " in?\n")
        .contains("2 declared since the start: 2 device gap");
    assertThat(status().line()).endsWith("and 2 more");
  }

  @Test
  void aBoardThatDoesNotKnowTheTimeNeedsAttention() throws IOException {
    clock =
        new ClockState(
            ClockState.Source.NONE,
            NOW.minusSeconds(300),
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty(),
            0,
            Optional.empty());

    assertThat(status().attention())
        .containsExactly(
            "nobody knows what time it is since 2026-11-24T13:55:00Z: connect the board to its"
                + " server or to a time server; readings wait until then");
    assertThat(text()).contains("not known since 2026-11-24T13:55:00Z (5 min before)");
  }

  @Test
  void aClockThatIsWrongByDaysAndHasJumpedIsTold() throws IOException {
    clock =
        new ClockState(
            ClockState.Source.SYSTEM,
            NOW.minusSeconds(300),
            Duration.ZERO,
            Duration.ofHours(-1),
            Optional.of(Duration.ofDays(-3)),
            1,
            Optional.of(new ClockState.Step(Duration.ofHours(1), NOW.minusSeconds(60))));

    assertThat(status().attention())
        .containsExactly(
            "the board's clock is ahead of the server's by 259200 s: set the one that is wrong");
    assertThat(text()).contains("has jumped 1 times, last by +3600.000 s", "corrected by -3600");
  }

  @Test
  void theRateIsThatOfTheLastMinutes() {
    Rate rate = new Rate();
    long minute = Duration.ofMinutes(1).toNanos();
    assertThat(rate.anHour(0, 0)).isEmpty();
    for (int i = 1; i <= 60; i++) {
      rate.anHour(i * minute, 0);
    }
    OptionalDouble last = OptionalDouble.empty();
    for (int i = 61; i <= 90; i++) {
      last = rate.anHour(i * minute, (i - 60) * 1_000L);
    }

    assertThat(last).hasValue(60_000);
  }

  @Test
  void whatIsNoStatusIsNamed() throws IOException {
    Path file = folder.resolve("status.json");
    Files.writeString(file, "{\"at\":");

    assertThatIOException()
        .isThrownBy(() -> StatusText.read(file))
        .withMessageContaining("holds no status");
  }
}
