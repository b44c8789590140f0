package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.link.Connection;
import fr.vigie.link.Connector;
import fr.vigie.link.Courier;
import fr.vigie.link.CourierSettings;
import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSignalsTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final Signal HEAT = new Signal("oven", "heat", Kind.GAUGE, "Cel");
  private static final Signal DOOR = new Signal("oven", "door", Kind.STATE, "");

  @TempDir Path folder;
  private Outbox outbox;
  private Courier courier;
  private OwnSignals own;
  private int many;

  @BeforeEach
  void start() throws IOException {
    outbox =
        Outbox.open(
            folder.resolve("outbox"), Outbox.Settings.defaults(), InstantSource.fixed(START));
    courier =
        new Courier(
            CourierSettings.of("site", "pi", "test"),
            Map.of("oven", List.of(HEAT)),
            folder,
            outbox,
            new Nowhere(),
            () -> 0,
            InstantSource.fixed(START),
            new Random(1));
    own = new OwnSignals(List.of(HEAT), InstantSource.fixed(START), () -> many++);
  }

  @AfterEach
  void stop() throws IOException {
    outbox.close();
  }

  @Test
  void aSignalIsGivenByOneOnly() {
    own.signal(DOOR).accept("open");
    own.step(courier);
    own.signal(DOOR).missing();
    own.step(courier);

    assertThat(courier.status().waiting()).isEqualTo(1);
    assertThatThrownBy(() -> own.signal(HEAT)).hasMessageContaining("one of its sensors");
    assertThatThrownBy(() -> own.signal(new Signal("oven", "door", Kind.EVENT, "")))
        .hasMessageContaining("wanted it as it was");
  }

  @Test
  void aValueOfTheWrongSortIsRefusedWhereItIsGiven() {
    OwnSignal door = own.signal(DOOR);
    OwnSignal draft = own.signal(new Signal("oven", "draft", Kind.GAUGE, "Pa"));

    assertThatThrownBy(() -> door.accept(1)).hasMessageContaining("oven/door is a STATE");
    assertThatThrownBy(() -> draft.accept("strong")).hasMessageContaining("oven/draft is a GAUGE");
    assertThatThrownBy(() -> draft.accept(Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void whatFindsTheQueueFullIsDeclaredOnceWithItsNumber() {
    OwnSignal door = own.signal(DOOR);
    for (int i = 0; i < OwnSignals.MOST_WAITING + 7; i++) {
      door.accept("open");
    }
    own.step(courier);

    assertThat(courier.status().lossesBy()).containsExactly(Map.entry(Loss.Reason.HEAD_FULL, 1L));
  }

  @Test
  void theWorkerIsCalledBeforeTheQueueIsFull() {
    OwnSignal door = own.signal(DOOR);
    for (int i = 0; i < OwnSignals.MOST_WAITING / 2 - 1; i++) {
      door.accept("open");
    }
    assertThat(many).isZero();

    door.accept("open");

    assertThat(many).isEqualTo(1);
  }

  @Test
  void aDiskThatCannotKeepADescriptionLosesNothingUntilTheStop() throws IOException {
    removeBirths();
    own.signal(DOOR).accept(Sample.good(START, "open"));
    own.step(courier);
    assertThat(courier.status().waiting()).isZero();

    Files.createDirectory(folder.resolve("births"));
    own.step(courier);
    assertThat(courier.status().waiting()).isEqualTo(1);

    own.stop(courier);
    own.signal(DOOR).accept("shut");
    own.step(courier);
    assertThat(courier.status().losses()).isZero();
  }

  @Test
  void whatCannotLeaveAtTheStopIsDeclared() throws IOException {
    removeBirths();
    own.signal(DOOR).accept("open");
    own.stop(courier);

    assertThat(courier.status().lossesBy()).containsExactly(Map.entry(Loss.Reason.HEAD_FULL, 1L));
  }

  private void removeBirths() throws IOException {
    Path births = folder.resolve("births");
    try (Stream<Path> files = Files.list(births)) {
      for (Path birth : files.toList()) {
        Files.delete(birth);
      }
    }
    Files.delete(births);
  }

  /** A broker that is never there. */
  private static final class Nowhere implements Connector {
    @Override
    public Connection connect(List<String> subscriptions, Will will) {
      throw new AssertionError("the courier does not step here");
    }

    @Override
    public String address() {
      return "nowhere";
    }
  }
}
