package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialLineTest {
  private static final String FILLER = "^N=(?<seq>\\d+);T=(?<temp>-?\\d+\\.\\d+);S=(?<state>\\w+)$";

  @Test
  void aPatternWithNamedGroupsGivesSamplesAtTheirArrival() {
    Bench bench =
        SerialLines.regex(FILLER)
            .sequence("seq")
            .gauge("temp")
            .state("state")
            .read("N=1;T=-3.50;S=RUN\r\nN=2;T=21.0;S=STOP\n");

    assertThat(bench.readings).containsExactly("temp=-3.5", "state=RUN", "temp=21.0", "state=STOP");
    assertThat(bench.samples).allMatch(sample -> sample.time().equals(Bench.START));
    assertThat(bench.marks).containsExactly(1L, 2L);
    assertThat(bench.losses).isEmpty();
  }

  @Test
  void pairsAreReadByKeyAndUnknownKeysAreCounted() {
    Bench bench =
        SerialLines.keyValue()
            .from("parts", "P", Kind.COUNTER)
            .gauge("temp")
            .read("P=318; temp = 41.7 ;fw=1.2;\n");

    assertThat(bench.readings).containsExactly("parts=318.0", "temp=41.7");
    assertThat(bench.counters.ignored()).isEqualTo(1);
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void objectsInALineAreReadByPathAndNullMeansNoValue() {
    Bench bench =
        SerialLines.json()
            .from("temp", "oven.t", Kind.GAUGE)
            .gauge("p")
            .state("door")
            .read("{\"oven\":{\"t\":181.25},\"p\":null,\"door\":\"open\",\"x\":[1,{\"p\":2}]}\n");

    assertThat(bench.readings).containsExactly("temp=181.25", "p=missing", "door=open");
  }

  @Test
  void adapterLinesCarryTheirTimeToTheNanosecondAndConditionsTheirLevel() {
    Bench bench =
        SerialLines.shdr("*_cond")
            .state("execution")
            .gauge("Xload")
            .state("servo_cond")
            .read(
                "2017-02-01T12:22:43.546875123Z|execution|ACTIVE|Xload|12.5"
                    + "|servo_cond|Fault|12|3||axis too hot|Xload|13\n");

    assertThat(bench.readings)
        .containsExactly("execution=ACTIVE", "Xload=12.5", "servo_cond=Fault", "Xload=13.0");
    assertThat(bench.samples)
        .allMatch(sample -> sample.time().equals(Instant.parse("2017-02-01T12:22:43.546875123Z")));
  }

  @Test
  void unavailableIsAMissingNumberButAStateKeepsIt() {
    Bench bench =
        SerialLines.shdr()
            .state("execution")
            .gauge("Xload")
            .read("2017-02-01T12:22:43Z|execution|UNAVAILABLE|Xload|UNAVAILABLE\n");

    assertThat(bench.readings).containsExactly("execution=UNAVAILABLE", "Xload=missing");
    assertThat(bench.samples.get(1).quality()).isEqualTo(Quality.MISSING);
  }

  @Test
  void deviceTimesAreReadWithZoneOrOffsetAndUnreadableOnesRefused() {
    Bench bench =
        SerialLines.keyValue()
            .time("ts")
            .zone("Europe/Paris")
            .gauge("t")
            .read(
                "ts=2026-07-01T10:00:00.123456789;t=1\nts=2026-07-01 10:00:00;t=2\n"
                    + "ts=2026-07-01T10:00:00+05:00;t=3\nts=soon;t=4\nt=5\n"
                    + "ts=9999-01-01T00:00:00Z;t=6\nts=2026-02-30T00:00:00Z;t=7\n"
                    + "ts=2026-07-01T24:00:01Z;t=8\n");

    assertThat(bench.samples)
        .extracting(Sample::time)
        .containsExactly(
            Instant.parse("2026-07-01T08:00:00.123456789Z"),
            Instant.parse("2026-07-01T08:00:00Z"),
            Instant.parse("2026-07-01T05:00:00Z"));
    assertThat(bench.counters.rejected()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1,5",
        "0x10",
        "1_000",
        "1.2.3",
        "--1",
        "5-",
        "1e",
        "e5",
        "-",
        ".",
        "1 2",
        "12d",
        "１２",
        "",
        "1e5.0",
        "+-3"
      })
  void whatIsNoFiniteDecimalNumberIsNeverAValue(String text) {
    Bench bench = SerialLines.keyValue().gauge("t").read("t=" + text + "\n");

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void aDecimalCommaIsReadWhereItIsConfigured() {
    Bench bench = SerialLines.keyValue().decimal(",").gauge("t").read("t=-1,25\nt=1.25\n");

    assertThat(bench.readings).containsExactly("t=-1.25");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void aJumpOfTheDevicesCountIsALossOfExactlyTheLinesBetween() {
    Bench bench = new Bench();
    SerialLines lines = SerialLines.keyValue().time("ts").sequence("N").gauge("t");
    lines.read(
        new MemoryPort()
            .give("N=7;ts=2026-11-24T08:00:00Z;t=1\nN=11;ts=2026-11-24T08:00:05Z;t=2\n"),
        bench);

    assertThat(bench.losses).hasSize(1);
    Loss loss = bench.losses.get(0);
    assertThat(loss.known()).hasValue(3);
    assertThat(loss.reason()).isEqualTo(Loss.Reason.DEVICE_GAP);
    assertThat(loss.when().start()).isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));
    assertThat(loss.when().end()).isEqualTo(Instant.parse("2026-11-24T08:00:05Z"));
  }

  @Test
  void theCountIsFollowedAcrossARestartOfTheAgent() throws IOException {
    Bench bench = new Bench();
    SerialLine config = SerialLines.keyValue().sequence("N").gauge("t").config();
    try (Driver driver =
        new SerialLine.Reader(
            new MemoryPort().give("N=45;t=1\n"), config, bench.context(OptionalLong.of(42)))) {
      driver.step();
    }

    assertThat(bench.losses).extracting(Loss::count).containsExactly(2L);
  }

  @Test
  void aDeviceThatRestartsLosesNothingUnlessItsFirstLinesAreMissing() {
    SerialLines lines = SerialLines.keyValue().sequence("N").gauge("t");

    assertThat(lines.read("N=900;t=1\nN=0;t=2\nN=1;t=3\n").losses).isEmpty();
    assertThat(lines.read("N=900;t=1\nN=1;t=2\nN=2;t=3\n").losses).isEmpty();
    assertThat(lines.read("N=900;t=1\nN=5;t=2\n").losses)
        .extracting(Loss::count)
        .containsExactly(-1L);
  }

  @Test
  void aCountedLineIsTakenWholeOrNotAtAllAndThenDeclared() {
    Bench bench =
        SerialLines.keyValue()
            .sequence("N")
            .gauge("t")
            .state("s")
            .read("N=1;t=1;s=RUN\nN=2;t=1x7;s=RUX\nN=3;t=3;s=RUN\n");

    assertThat(bench.readings).containsExactly("t=1.0", "s=RUN", "t=3.0", "s=RUN");
    assertThat(bench.losses).extracting(Loss::count).containsExactly(1L);
  }

  @Test
  void withoutACountTheGoodValuesOfALineAreTaken() {
    Bench bench = SerialLines.keyValue().gauge("t").state("s").read("t=ERR;s=RUN\n");

    assertThat(bench.readings).containsExactly("s=RUN");
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).isEqualTo("t is no number: ERR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N=1;s=RUNN=2;s=STOP",
        "N=1;s=RUN;N=2;s=STOP",
        "N=1;s=RUN;garbage",
        "=5;N=1",
        "gulp"
      })
  void linesThatRanTogetherAreRefused(String line) {
    Bench bench = SerialLines.keyValue().sequence("N").state("s").read(line + "\n");

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void anObjectWithAKeyTwiceOrWithoutItsEndIsRefused() {
    Bench bench =
        SerialLines.json()
            .gauge("t")
            .read("{\"t\":1,\"t\":2}\n{\"t\":3\n{\"t\":4} x\n[5]\n{\"t\":NaN}\n{\"t\":6}\n");

    assertThat(bench.readings).containsExactly("t=6.0");
    assertThat(bench.counters.rejected()).isEqualTo(5);
  }

  @Test
  void anObjectNestedWithoutEndIsRefused() {
    Bench bench =
        SerialLines.json().gauge("t").read("{\"a\":".repeat(10_000) + "1\n" + "{\"t\":1}\n");

    assertThat(bench.readings).containsExactly("t=1.0");
  }

  @Test
  void aMegabyteWithoutAnEndIsDroppedUpToTheNextLineAndCountedOnce() {
    MemoryPort port = new MemoryPort().give("t=1\n");
    byte[] noise = new byte[1 << 20];
    Arrays.fill(noise, (byte) 'x');
    port.give(noise).give("\nt=2\n");

    Bench bench = SerialLines.keyValue().longest(1024).gauge("t").read(port);

    assertThat(bench.readings).containsExactly("t=1.0", "t=2.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void endsOfAllKindsCutLinesAndEmptyOnesAreNothing() {
    Bench bench = SerialLines.keyValue().gauge("t").read("t=1\rt=2\r\nt=3\n\n\r\n\nt=4\n");

    assertThat(bench.readings).containsExactly("t=1.0", "t=2.0", "t=3.0", "t=4.0");
    assertThat(bench.counters.read()).isEqualTo(4);
  }

  @Test
  void aLineThatHasNotEndedIsNotTaken() {
    assertThat(SerialLines.keyValue().gauge("t").read("t=1\nt=12").readings)
        .containsExactly("t=1.0");
  }

  @Test
  void bytesOfAWrongSpeedAreRefused() {
    MemoryPort port =
        new MemoryPort()
            .give("s=caf")
            .give(new byte[] {(byte) 0xe9, '\n'})
            .give("s=a\0b\n")
            .give("s=a\u001bb\n")
            .give("s=caf\u00e9\n");

    Bench bench = SerialLines.keyValue().state("s").read(port);

    assertThat(bench.readings).containsExactly("s=caf\u00e9");
    assertThat(bench.counters.rejected()).isEqualTo(3);
  }

  @Test
  void theFirstLineAfterOpeningIsPassedOverWhereConfigured() {
    Bench bench = SerialLines.keyValue().skipFirst().gauge("t").read("t=9\nt=10\n");

    assertThat(bench.readings).containsExactly("t=10.0");
  }

  @Test
  void aPortThatIsGoneIsToldByAnIoException() throws IOException {
    MemoryPort port = new MemoryPort().give("t=1\n").unplug();
    Bench bench = new Bench();
    Driver driver =
        new SerialLine.Reader(port, SerialLines.keyValue().gauge("t").config(), bench.context());
    driver.step();

    assertThatThrownBy(driver::step).isInstanceOf(IOException.class).hasMessageContaining("gone");
    driver.close();
    assertThat(port.closed).isTrue();
  }

  @Test
  void aPatternThatRunsOutOfStackIsNoMatch() {
    Bench bench =
        SerialLines.regex("(?<t>(\\d|x)*)").state("t").read("x1".repeat(30_000) + "\n12\n");

    assertThat(bench.readings).endsWith("t=12");
  }

  @Test
  void groupsAreFoundWhateverElseThePatternQuotes() {
    assertThat(
            LineFormat.groups(
                java.util.regex.Pattern.compile("\\Q(?<no>\\E[(?<x>](?<a>\\d)\\((?<b>(?<=z).)")))
        .containsExactly("a", "b");
  }

  @Test
  void noiseBetweenCountedLinesNeverMakesAWrongValueAndEveryHoleIsDeclared() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    MemoryPort port = new MemoryPort();
    StringBuilder expected = new StringBuilder();
    int lines = 3000;
    for (int n = 1; n <= lines; n++) {
      byte[] line =
          (String.format("N=%d;T=%d.0;S=RUN", n, n) + "\n").getBytes(StandardCharsets.UTF_8);
      // A line cut short takes the next with it, and only a later one can tell of both.
      int fate = n == 1 || n >= lines - 1 ? 9 : random.nextInt(10);
      switch (fate) {
        case 0 -> line = Arrays.copyOf(line, random.nextInt(line.length));
        case 1 -> line[random.nextInt(line.length)] = (byte) (0x80 | random.nextInt(128));
        case 2 -> line[random.nextInt(line.length)] = (byte) random.nextInt(9);
        case 3 -> line = new byte[0];
        default -> expected.append(n).append(' ');
      }
      for (int at = 0; at < line.length; ) {
        int piece = Math.min(line.length - at, 1 + random.nextInt(20));
        port.give(Arrays.copyOfRange(line, at, at + piece));
        at += piece;
      }
    }

    Bench bench =
        SerialLines.regex("N=(?<n>\\d+);T=(?<t>\\d+\\.0);S=(?<s>RUN)")
            .sequence("n")
            .gauge("t")
            .read(port);

    long lost = bench.losses.stream().mapToLong(Loss::count).sum();
    assertThat(bench.samples.size() + lost).as("seed " + seed).isEqualTo(lines);
    for (int i = 0; i < bench.samples.size(); i++) {
      assertThat(bench.readings.get(i))
          .as("seed " + seed)
          .isEqualTo("t=" + bench.marks.get(i) + ".0");
    }
  }

  @Test
  void whatWasRefusedBeforeTheFirstCountIsDeclared() {
    MemoryPort port = new MemoryPort();
    port.give("N=1;T=?\nN=2;S=RUN\n7\nN=4;T=4.0;S=RUN\n".getBytes(StandardCharsets.UTF_8));

    Bench bench =
        SerialLines.regex("N=(?<n>\\d+);T=(?<t>\\d+\\.0);S=(?<s>RUN)")
            .sequence("n")
            .gauge("t")
            .read(port);

    assertThat(bench.losses).extracting(Loss::count).containsExactly(3L);
  }

  @Test
  void aBannerBeforeLineZeroIsNoLoss() {
    MemoryPort port = new MemoryPort();
    port.give("press 1.2\n(c) shop\nN=0;T=0.0;S=RUN\n".getBytes(StandardCharsets.UTF_8));

    Bench bench =
        SerialLines.regex("N=(?<n>\\d+);T=(?<t>\\d+\\.0);S=(?<s>RUN)")
            .sequence("n")
            .gauge("t")
            .read(port);

    assertThat(bench.losses).isEmpty();
    assertThat(bench.readings).containsExactly("t=0.0");
  }
}
