package fr.vigie.agent.driver.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkyTicTest {
  /** Groups of real meters, from the tests of openHAB's teleinfo binding. */
  private static final List<String> STANDARD =
      List.of(
          "ADSC\t123456789012\t=",
          "VTIC\t02\tJ",
          "DATE\tE180716103423\t\tB",
          "NGTF\t     TEMPO      \tF",
          "LTARF\tINDEX NON CONSO \t0",
          "EAST\t011604109\t%",
          "EASD01\t000000000\t ",
          "EAIT\t000032781\tZ",
          "URMS1\t228\tF",
          "PREF\t03\tB",
          "SINSTS\t00046\tP",
          "SMAXIN\tE180716103316\t01423\t/",
          "SMAXSN-1\tE210413195606\t06560\t_",
          "CCASN\tE210414080000\t00806\t:",
          "STGE\t013A0501\t@",
          "MSG1\tPAS DE          MESSAGE         \t<",
          "PRM\t12345678901234\t8",
          "RELAIS\t000\tB",
          "NJOURF+1\t00\tB");

  private static final List<String> HISTORIQUE =
      List.of(
          "ADCO 041867000001 2",
          "OPTARIF HC.. <",
          "ISOUSC 45 ?",
          "HCHC 008467843 .",
          "HCHP 012345678 7",
          "PTEC HP..  ",
          "IINST 012 Z",
          "ADPS 045 A",
          "IMAX 090 H",
          "PAPP 02760 0",
          "HHPHC A ,",
          "MOTDETAT 000000 B");

  private static final List<String> PUBLISHED =
      List.of(
          "ADSC\t123456789012\t=",
          "VTIC\t02\tJ",
          "DATE\tE180716103423\t\tB",
          "EAIT\t000032781\tZ",
          "SINSTI\t01258\tL",
          "SMAXIN\tE180716103316\t01423\t/",
          "URMS1\t228\tF",
          "NGTF\tPRODUCTEUR\t.",
          "LTARF\tINDEX NON CONSO \t0",
          "PREF\t03\tB",
          "EAST\t011604109\t%",
          "SINSTS\t00046\tP",
          "MOTDETAT 000000 B",
          "OPTARIF BASE 0",
          "ISOUSC 20 8",
          "BASE 001181243 _",
          "PTEC TH.. $",
          "IINST1 000 H",
          "ADCO 041867000001 2",
          "PTEC HP..  ",
          "HCHC 008467843 .",
          "HCHP 012345678 7",
          "IINST 012 Z",
          "IMAX 090 H",
          "PAPP 02760 0",
          "HHPHC A ,",
          "ISOUSC 45 ?",
          "OPTARIF HC.. <",
          "ADPS 045 A",
          "DATE\tH261123101500\t\t7",
          "EAST\t012345678\t3",
          "SINSTS\t02760\tU");

  private final Bench bench = new Bench();
  private final List<Integer> opened = new ArrayList<>();
  private final Map<Integer, MemoryPort> ports = new HashMap<>();

  private static LinkyTic config(LinkyTic.Mode mode, Map<String, Measured> signals) {
    return new LinkyTic("site", Path.of("/dev/memory"), Framing.F_7E1, mode, signals);
  }

  private static Measured from(String label) {
    return new Measured(Optional.of(label), Refinement.NONE);
  }

  private static byte[] frame(List<String> groups) {
    StringBuilder text = new StringBuilder("\u0002");
    groups.forEach(group -> text.append('\n').append(group).append('\r'));
    return text.append('\u0003').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String group(String label, String data) {
    int sum = (label + ' ' + data).chars().sum();
    return label + ' ' + data + ' ' + (char) ((sum & 0x3f) + ' ');
  }

  private BytePort open(int baud) {
    opened.add(baud);
    return ports.computeIfAbsent(baud, any -> new MemoryPort());
  }

  private void read(LinkyTic config, byte[]... pieces) {
    MemoryPort port = new MemoryPort();
    for (byte[] piece : pieces) {
      port.give(piece);
    }
    try (Driver driver = new LinkyTic.Reader(config, baud -> port, bench.context())) {
      while (!port.isEmpty()) {
        bench.pass(100);
        driver.step();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRealStandardFrameIsReadWhole() {
    read(config(LinkyTic.Mode.STANDARD, Map.of()), frame(STANDARD));

    assertThat(bench.readings)
        .containsExactly(
            "NGTF=TEMPO",
            "LTARF=INDEX NON CONSO",
            "EAST=1.1604109E7",
            "EASD01=0.0",
            "EAIT=32781.0",
            "URMS1=228.0",
            "PREF=3.0",
            "SINSTS=46.0",
            "SMAXIN=1423.0",
            "SMAXSN-1=6560.0",
            "CCASN=806.0",
            "STGE=013A0501",
            "MSG1=PAS DE          MESSAGE",
            "RELAIS=000");
    assertThat(bench.counters.rejected()).isZero();
    assertThat(bench.counters.read()).isEqualTo(STANDARD.size());
  }

  @Test
  void anHistoricalFrameIsReadWholeWhereTheChecksumIsASpaceToo() {
    read(config(LinkyTic.Mode.HISTORIQUE, Map.of()), frame(HISTORIQUE));

    assertThat(bench.readings)
        .containsExactly(
            "OPTARIF=HC..",
            "ISOUSC=45.0",
            "HCHC=8467843.0",
            "HCHP=1.2345678E7",
            "PTEC=HP..",
            "IINST=12.0",
            "ADPS=45.0",
            "IMAX=90.0",
            "PAPP=2760.0",
            "HHPHC=A",
            "MOTDETAT=000000");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void everyPublishedGroupOfBothModesHasItsRightChecksum() {
    read(config(LinkyTic.Mode.AUTO, Map.of()), frame(PUBLISHED));

    assertThat(bench.counters.read()).isEqualTo(PUBLISHED.size());
    assertThat(bench.counters.rejected()).as(bench.counters.lastRejection()).isZero();
    assertThat(bench.samples.size() + bench.counters.ignored()).isEqualTo(PUBLISHED.size());
  }

  @Test
  void whatIdentifiesTheSiteIsNeverASignalAndNeverInAReason() {
    for (String label : List.of("ADCO", "ADSC", "PRM")) {
      assertThatThrownBy(() -> config(LinkyTic.Mode.AUTO, Map.of("x", from(label))))
          .isInstanceOf(Mistake.class);
    }
    read(
        config(LinkyTic.Mode.AUTO, Map.of()),
        frame(List.of("ADSC\t123456789012\t<", "PRM\t12345678901234 8", "ADCO 041867000001")),
        frame(List.of("BASE 001181243 _", "ADCO 041867000001 3")));

    assertThat(bench.readings).containsExactly("BASE=1181243.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains("checksum").doesNotContain("04186");
  }

  @Test
  void onlyTheWantedLabelsLeaveUnderTheNamesOfTheConfiguration() {
    read(
        config(LinkyTic.Mode.AUTO, Map.of("energy", from("EAST"), "power", from("SINSTS"))),
        frame(STANDARD));

    assertThat(bench.readings).containsExactly("energy=1.1604109E7", "power=46.0");
    assertThat(bench.signals).extracting("unit").containsExactly("W.h", "V.A");
    assertThat(bench.counters.ignored()).isEqualTo(STANDARD.size() - 2);
  }

  @Test
  void aSeasonIsTheOffsetSoThatTheHourShownTwiceInAutumnIsNoQuestion() {
    read(
        config(LinkyTic.Mode.STANDARD, Map.of()),
        frame(
            List.of(
                "SMAXSN\tE261025023000\t00100\t" + checksum("SMAXSN\tE261025023000\t00100\t"),
                "CCASN\tH261025023000\t00200\t" + checksum("CCASN\tH261025023000\t00200\t"),
                "CCAIN\th261025023000\t00300\t" + checksum("CCAIN\th261025023000\t00300\t"),
                "SMAXIN\t 261025023000\t00400\t" + checksum("SMAXIN\t 261025023000\t00400\t"),
                "UMOY1\tH261332256161\t230\t" + checksum("UMOY1\tH261332256161\t230\t"))));

    assertThat(bench.readings).containsExactly("SMAXSN=100.0", "CCASN=200.0", "CCAIN=300.0");
    assertThat(bench.samples)
        .extracting(Sample::time)
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"));
    assertThat(bench.samples)
        .extracting(Sample::quality)
        .containsExactly(Quality.GOOD, Quality.GOOD, Quality.CLOCK_UNSYNCED);
    assertThat(bench.counters.rejected()).isEqualTo(2);
  }

  private static char checksum(String text) {
    return (char) ((text.chars().sum() & 0x3f) + ' ');
  }

  @Test
  void whatTheMeterDatedLeavesOnceAndTheRestWithEveryFrameAtOneTime() {
    read(config(LinkyTic.Mode.STANDARD, Map.of()), frame(STANDARD), frame(STANDARD));

    assertThat(bench.readings).filteredOn(it -> it.startsWith("CCASN=")).hasSize(1);
    assertThat(bench.readings).filteredOn(it -> it.startsWith("EAST=")).hasSize(2);
    assertThat(bench.samples)
        .filteredOn(sample -> !sample.time().isBefore(Bench.START))
        .extracting(Sample::time)
        .containsOnly(Bench.START.plusMillis(100), Bench.START.plusMillis(200));
  }

  @Test
  void aCaptureThatStartsInAFrameLosesTheFirstHalfGroupOnly() {
    byte[] whole = frame(HISTORIQUE);
    String text = new String(whole, StandardCharsets.US_ASCII);
    byte[] half = text.substring(text.indexOf("HP 012345678")).getBytes(StandardCharsets.US_ASCII);
    read(config(LinkyTic.Mode.HISTORIQUE, Map.of()), half);

    assertThat(bench.readings).startsWith("PTEC=HP..").hasSize(7);
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void anInterruptedFrameKeepsItsWholeGroupsAndDropsTheHalfOne() {
    read(
        config(LinkyTic.Mode.HISTORIQUE, Map.of()),
        "\u0002\nPAPP 02760 0\r\nBASE 0011\u0004".getBytes(StandardCharsets.US_ASCII),
        frame(List.of("BASE 001181243 _")));

    assertThat(bench.readings).containsExactly("PAPP=2760.0", "BASE=1181243.0");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void byteAfterByteWithTheEighthBitSetIsTheSame() {
    byte[] frame = frame(STANDARD);
    byte[][] pieces = new byte[frame.length][];
    for (int i = 0; i < frame.length; i++) {
      pieces[i] = new byte[] {(byte) (frame[i] | 0x80)};
    }
    read(config(LinkyTic.Mode.STANDARD, Map.of()), pieces);

    assertThat(bench.readings).hasSize(14);
    assertThat(bench.samples)
        .filteredOn(sample -> !sample.time().isBefore(Bench.START))
        .extracting(Sample::time)
        .containsOnly(Bench.START.plusMillis(100));
  }

  @Test
  void noFlippedBitMakesAnotherNumberOrKnownText() {
    for (LinkyTic.Mode mode : List.of(LinkyTic.Mode.STANDARD, LinkyTic.Mode.HISTORIQUE)) {
      for (String group : mode == LinkyTic.Mode.STANDARD ? STANDARD : HISTORIQUE) {
        Bench whole = new Bench();
        decode(mode, frame(List.of(group)), whole);
        byte[] frame = frame(List.of(group));
        for (int bit = 0; bit < frame.length * 7; bit++) {
          byte[] flipped = frame.clone();
          flipped[bit / 7] ^= (byte) (1 << bit % 7);
          Bench heard = new Bench();
          decode(mode, flipped, heard);
          boolean text = group.matches("(NGTF|LTARF|MSG1).*");
          assertThat(heard.readings)
              .as("%s with bit %d flipped", group, bit)
              .satisfiesAnyOf(
                  readings -> assertThat(readings).isEmpty(),
                  readings -> assertThat(readings).isEqualTo(whole.readings),
                  readings -> assertThat(text).isTrue());
        }
      }
    }
  }

  private static void decode(LinkyTic.Mode mode, byte[] bytes, Bench bench) {
    MemoryPort port = new MemoryPort().give(bytes);
    try (Driver driver =
        new LinkyTic.Reader(config(mode, Map.of()), baud -> port, bench.context())) {
      driver.step();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void longNoiseIsBoundedAndTheNextFrameIsReadWhole() {
    long seed = System.nanoTime();
    byte[] noise = new byte[1 << 20];
    new Random(seed).nextBytes(noise);
    byte[] endless = new byte[1 << 16];
    endless[0] = '\n';
    java.util.Arrays.fill(endless, 1, endless.length, (byte) 'A');
    read(config(LinkyTic.Mode.HISTORIQUE, Map.of()), endless, noise, frame(HISTORIQUE));

    assertThat(bench.readings).as("seed " + seed).hasSize(11);
    assertThat(bench.counters.rejected()).isPositive();
  }

  @Test
  void theModeIsFoundByListeningAtBothSpeeds() throws IOException {
    try (Driver driver =
        new LinkyTic.Reader(config(LinkyTic.Mode.AUTO, Map.of()), this::open, bench.context())) {
      open(9600);
      opened.remove(opened.size() - 1);
      ports.get(1200).give(new byte[] {'\n', 'x', '\r', (byte) 0xf3});
      ports.get(9600).give(frame(STANDARD));
      while (bench.samples.isEmpty()) {
        driver.step();
        bench.pass(200);
      }
      assertThat(opened).containsExactly(1200, 9600);
      assertThat(ports.get(1200).closed).isTrue();
      assertThat(bench.counters.lastRejection()).contains("1200 baud");
      assertThat(bench.counters.rejected()).isEqualTo(1);
    }
  }

  @Test
  void aMeterThatIsSetToTheOtherModeIsFollowed() throws IOException {
    ports.put(1200, new MemoryPort().give(frame(HISTORIQUE)));
    ports.put(9600, new MemoryPort().give(frame(STANDARD)));
    try (Driver driver =
        new LinkyTic.Reader(config(LinkyTic.Mode.AUTO, Map.of()), this::open, bench.context())) {
      while (!ports.get(9600).isEmpty()) {
        driver.step();
        bench.pass(200);
      }
    }
    assertThat(opened).containsExactly(1200, 9600);
    assertThat(bench.readings).contains("PAPP=2760.0", "EAST=1.1604109E7");
  }

  @Test
  void aMeterOfMoreThan36KvaIsTold() {
    read(
        config(LinkyTic.Mode.HISTORIQUE, Map.of()),
        frame(List.of(group("MESURES1", "A5"), group("EA_s", "00123kWh"))));

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("36 kVA");
  }

  @Test
  void anUnpluggedPortIsToldByAnIoException() throws IOException {
    MemoryPort port = new MemoryPort().give(frame(HISTORIQUE)).unplug();
    try (Driver driver =
        new LinkyTic.Reader(config(LinkyTic.Mode.AUTO, Map.of()), baud -> port, bench.context())) {
      driver.step();
      assertThatThrownBy(driver::step).isInstanceOf(IOException.class);
    }
  }
}
