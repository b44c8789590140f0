package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.frame.Frame;
import fr.vigie.frame.Frame.Entry;
import fr.vigie.frame.FrameEncoder;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirmwareTest {
  private static final Firmware CONFIG =
      new Firmware(
          "press-1",
          Path.of("/dev/memory"),
          115_200,
          Framing.F_8N1,
          false,
          Map.of(
              "current", signal(Kind.GAUGE, "A"),
              "parts", signal(Kind.COUNTER, ""),
              "state", signal(Kind.STATE, "")));

  private final Bench bench = new Bench();

  private static LineSignal signal(Kind kind, String unit) {
    return new LineSignal(kind, unit, Optional.empty(), Refinement.NONE);
  }

  private static MemoryPort speak(MemoryPort port, Frame... frames) {
    for (Frame frame : frames) {
      port.give(FrameEncoder.encode(frame));
    }
    return port;
  }

  private static Frame[] description(long session) {
    return new Frame[] {
      new Frame.Hello(Frame.PROTOCOL, session, 3, "press-companion 1.2"),
      new Frame.Described(0, Kind.GAUGE, -1, "current", "A"),
      new Frame.Described(1, Kind.COUNTER, 0, "parts", ""),
      new Frame.Described(2, Kind.STATE, 0, "state", "")
    };
  }

  private static Frame.Samples parts(long sequence) {
    return at(sequence, 1000 + sequence * 100, sequence * 10);
  }

  private static Frame.Samples at(long sequence, long millis, long parts) {
    return new Frame.Samples(sequence, millis, List.of(new Entry.Whole(1, parts)));
  }

  private void read(MemoryPort port) {
    read(port, OptionalLong.empty());
  }

  private void read(MemoryPort port, OptionalLong mark) {
    try (Driver driver = new Firmware.Reader(CONFIG, port, bench.context(mark))) {
      while (!port.isEmpty()) {
        bench.pass(100);
        driver.step();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void valuesAreScaledAsTheFirmwareDescribesThem() {
    MemoryPort port = speak(new MemoryPort(), description(7));
    read(
        speak(
            port,
            new Frame.Samples(
                1,
                50,
                List.of(
                    new Entry.Whole(0, 125), new Entry.Whole(1, 1000), new Entry.Text(2, "RUN"))),
            new Frame.Samples(2, 150, List.of(new Entry.Real(0, 0.1f), new Entry.None(0)))));

    assertThat(bench.readings)
        .containsExactly(
            "current=12.5", "parts=1000.0", "state=RUN", "current=0.1", "current=missing");
    assertThat(bench.losses).isEmpty();
    assertThat(bench.marks).containsExactly(7L << 32 | 1, 7L << 32 | 2);
  }

  @Test
  void samplesBeforeTheDescriptionAreKeptUntilItComes() {
    read(speak(speak(new MemoryPort(), parts(1), parts(2)), description(7)));

    assertThat(bench.readings).containsExactly("parts=10.0", "parts=20.0");
  }

  @Test
  void samplesThatNobodyEverDescribesAreBoundedAndTheirLossIsDeclared() {
    MemoryPort port = new MemoryPort();
    for (int i = 1; i <= 300; i++) {
      speak(port, parts(i));
    }
    read(speak(port, description(7)));

    long lost = bench.losses.stream().mapToLong(Loss::count).sum();
    assertThat(bench.samples.size() + lost).isEqualTo(300);
    assertThat(bench.readings).endsWith("parts=3000.0");
  }

  @Test
  void aJumpOfTheSequenceIsALossOfExactlyTheFramesBetween() {
    read(speak(speak(new MemoryPort(), description(7)), parts(1), parts(2), parts(6)));

    assertThat(bench.losses).extracting(Loss::count).containsExactly(3L);
    assertThat(bench.losses.get(0).reason()).isEqualTo(Loss.Reason.DEVICE_GAP);
  }

  @Test
  void theSequenceIsFollowedAcrossARestartOfTheAgent() {
    read(speak(speak(new MemoryPort(), description(7)), parts(12)), OptionalLong.of(7L << 32 | 9));

    assertThat(bench.losses).extracting(Loss::count).containsExactly(2L);
  }

  @Test
  void aRestartOfTheDeviceIsNoLossButItsUnheardFramesAre() {
    MemoryPort port = speak(speak(new MemoryPort(), description(7)), parts(1), parts(2));
    speak(speak(port, description(8)), parts(1));
    speak(speak(port, description(0xFFFF_FFFFL)), parts(4));
    read(port);

    assertThat(bench.readings)
        .containsExactly("parts=10.0", "parts=20.0", "parts=10.0", "parts=40.0");
    assertThat(bench.losses).extracting(Loss::count).containsExactly(3L);
  }

  @Test
  void aRestartWhoseHelloWasLostWaitsForTheNextHello() {
    MemoryPort port = speak(speak(new MemoryPort(), description(7)), parts(1), parts(2), parts(3));
    speak(port, parts(1), parts(2));
    speak(speak(port, description(8)), parts(3));
    read(port);

    assertThat(bench.readings)
        .containsExactly(
            "parts=10.0", "parts=20.0", "parts=30.0", "parts=10.0", "parts=20.0", "parts=30.0");
    assertThat(bench.losses).isEmpty();
    assertThat(bench.marks).endsWith(8L << 32 | 1, 8L << 32 | 2, 8L << 32 | 3);
  }

  @Test
  void aRestartWhoseFirstFramesWereLostIsKnownByTheClockThatWentBack() {
    MemoryPort port = speak(speak(new MemoryPort(), description(7)), at(1, 20_000, 10));
    speak(speak(port, at(5, 1_500, 50)), description(8));
    read(speak(port, at(6, 1_600, 60)));

    assertThat(bench.marks).containsExactly(7L << 32 | 1, 8L << 32 | 5, 8L << 32 | 6);
    assertThat(bench.losses).extracting(Loss::count).containsExactly(4L);
    assertThat(bench.samples).extracting(Sample::time).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void samplesOfASessionThatNeverDescribedItselfAreDeclaredLost() {
    MemoryPort port = speak(speak(new MemoryPort(), description(7)), parts(1), parts(2), parts(3));
    speak(port, parts(1), parts(2));
    speak(speak(port, parts(1)), description(9));
    read(speak(port, parts(2)));

    assertThat(bench.readings)
        .containsExactly("parts=10.0", "parts=20.0", "parts=30.0", "parts=10.0", "parts=20.0");
    assertThat(bench.losses).extracting(Loss::count).containsExactly(2L);
    assertThat(bench.counters.rejected()).isEqualTo(2);
  }

  @Test
  void samplesThatASessionSaidInVainAreDeclaredLostHoweverManyTheyWere() {
    MemoryPort port = new MemoryPort();
    for (int i = 1; i <= 300; i++) {
      speak(port, parts(i));
    }
    read(speak(speak(port, parts(1)), description(9)));

    assertThat(bench.readings).containsExactly("parts=10.0");
    assertThat(bench.losses).extracting(Loss::count).containsExactly(300L);
  }

  @Test
  void framesThatWereLostBetweenAHelloAndAnotherSessionAreCountedFromItsFirst() {
    MemoryPort port = speak(speak(new MemoryPort(), description(7)), description(8));
    read(speak(port, parts(3)));

    assertThat(bench.losses).extracting(Loss::count).containsExactly(2L);
  }

  @Test
  void samplesAreNeverReadByTheDescriptionOfALaterSession() {
    MemoryPort port = new MemoryPort();
    speak(port, description(7)[0], description(7)[1], parts(1), parts(2));
    read(speak(speak(port, description(8)), parts(1)));

    assertThat(bench.readings).containsExactly("parts=10.0");
    assertThat(bench.marks).containsExactly(8L << 32 | 1);
    assertThat(bench.losses).extracting(Loss::count).containsExactly(2L);
  }

  @Test
  void resetsAndNoiseNeverMakeAWrongValueAndWhatIsMissingIsDeclared() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    MemoryPort port = new MemoryPort();
    List<List<String>> said = new ArrayList<>();
    long parts = 0;
    for (int session = 1; session <= 100; session++) {
      List<String> values = new ArrayList<>();
      int frames = 40 + random.nextInt(60);
      for (int i = 1; i <= frames; i++) {
        if (i % 20 == 1) {
          for (Frame frame : description(session)) {
            port.give(noisy(frame, random));
          }
        }
        values.add("parts=" + (double) ++parts);
        port.give(noisy(at(i, i * 50L, parts), random));
      }
      said.add(values);
      port.give(Arrays.copyOf(FrameEncoder.encode(at(frames + 1, 0, 0)), random.nextInt(12)));
      port.give(new byte[] {0});
    }
    read(port);

    long uncounted = said.get(0).indexOf(bench.readings.get(0)); // nobody knows where it began
    List<String> all = new ArrayList<>();
    for (List<String> values : said) {
      all.addAll(values);
      for (int i = values.size() - 1; i >= 0 && !bench.readings.contains(values.get(i)); i--) {
        uncounted++;
      }
    }
    assertThat(all).as("seed " + seed).containsSubsequence(bench.readings);
    long lost = bench.losses.stream().mapToLong(Loss::count).sum();
    assertThat(bench.readings.size() + lost)
        .as("seed " + seed)
        .isBetween(all.size() - uncounted, (long) all.size());
  }

  /** The frame as it comes over a line that spoils one in ten. */
  private static byte[] noisy(Frame frame, Random random) {
    byte[] bytes = FrameEncoder.encode(frame);
    if (random.nextInt(10) == 0) {
      int at = random.nextInt(bytes.length - 1);
      byte flipped = (byte) (bytes[at] ^ 1 << random.nextInt(8));
      bytes[at] = flipped == 0 ? 1 : flipped;
    }
    return bytes;
  }

  @Test
  void aRestartWithTheSameSessionIsDatedByTheNewClock() {
    MemoryPort port = speak(new MemoryPort(), description(7));
    speak(port, at(1, 20_000, 10), at(2, 20_100, 20));
    speak(speak(port, description(7)), at(1, 0, 10), at(2, 100, 20));
    read(speak(port, description(7)));

    assertThat(bench.readings)
        .containsExactly("parts=10.0", "parts=20.0", "parts=10.0", "parts=20.0");
    assertThat(bench.samples).extracting(Sample::time).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void neitherAClockThatRollsOverNorAReadingToldLateIsARestart() {
    MemoryPort port = speak(new MemoryPort(), description(7));
    speak(port, at(1, 0xFFFF_FFF0L, 10), at(2, 50, 20), at(3, 1_000, 30), at(4, 500, 40));
    read(port);

    assertThat(bench.readings)
        .containsExactly("parts=10.0", "parts=20.0", "parts=30.0", "parts=40.0");
    assertThat(bench.losses).isEmpty();
  }

  @Test
  void aSignalThatTheFirmwareDescribesOtherwiseIsRefusedWithBothSides() {
    MemoryPort port =
        speak(
            new MemoryPort(),
            new Frame.Hello(Frame.PROTOCOL, 7, 1, "x"),
            new Frame.Described(0, Kind.GAUGE, 0, "current", "mA"),
            new Frame.Samples(1, 1, List.of(new Entry.Whole(0, 5), new Entry.Whole(9, 5))));
    read(port);

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.ignored()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains("'mA'").contains("'A'");
  }

  @Test
  void framesOfAnotherProtocolAreRefused() {
    MemoryPort port = speak(new MemoryPort(), new Frame.Hello(2, 7, 0, "x"), parts(1));
    read(port);

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("protocol 2");
  }

  @Test
  void aRepeatedDescriptionChangesNothing() {
    MemoryPort port = speak(new MemoryPort(), description(7));
    for (int i = 1; i <= 50; i++) {
      speak(port, parts(i));
      if (i % 10 == 0) {
        speak(port, description(7));
      }
    }
    read(port);

    assertThat(bench.samples).hasSize(50);
    assertThat(bench.losses).isEmpty();
    assertThat(bench.samples).extracting(Sample::time).isSorted();
  }

  @Test
  void readingsAreDatedByTheDeviceNotByTheirArrival() {
    MemoryPort port = speak(new MemoryPort(), description(7));
    port.give(FrameEncoder.encode(new Frame.Samples(1, 0, List.of(new Entry.Whole(1, 1)))));
    byte[] first = FrameEncoder.encode(new Frame.Samples(2, 100, List.of(new Entry.Whole(1, 2))));
    byte[] second = FrameEncoder.encode(new Frame.Samples(3, 130, List.of(new Entry.Whole(1, 3))));
    byte[] together = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, together, first.length, second.length);
    read(port.give(together));

    assertThat(Duration.between(bench.samples.get(1).time(), bench.samples.get(2).time()))
        .isLessThanOrEqualTo(Duration.ofMillis(30));
    assertThat(bench.samples).extracting(Sample::time).isSorted();
  }

  @Test
  void noiseNeverMakesAWrongValueAndEveryLostFrameIsDeclared() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    MemoryPort port = speak(new MemoryPort(), description(7));
    int frames = 5000;
    for (int i = 1; i <= frames; i++) {
      byte[] bytes = FrameEncoder.encode(parts(i));
      if (i > 1 && i < frames && random.nextInt(5) == 0) {
        if (random.nextBoolean()) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        } else {
          bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
      }
      port.give(bytes);
      if (i == frames - 1) {
        port.give(new byte[] {0});
      }
    }
    read(port);

    long lost = bench.losses.stream().mapToLong(Loss::count).sum();
    assertThat(bench.samples.size() + lost).as("seed " + seed).isEqualTo(frames);
    List<String> expected = new ArrayList<>();
    for (long mark : bench.marks) {
      expected.add("parts=" + (double) ((mark & 0xFFFF_FFFFL) * 10));
    }
    assertThat(bench.readings).as("seed " + seed).isEqualTo(expected);
  }

  @Test
  void aPortThatIsGoneIsToldByAnIoException() {
    Driver driver = new Firmware.Reader(CONFIG, new MemoryPort().unplug(), bench.context());

    assertThatThrownBy(driver::step).isInstanceOf(IOException.class);
  }
}
