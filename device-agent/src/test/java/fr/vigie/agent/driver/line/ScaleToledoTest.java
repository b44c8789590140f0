package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleToledoTest {
  private static final byte[] GOLDEN =
      HexFormat.ofDelimiter(" ").parseHex("02 2C 30 20 30 30 31 32 33 34 30 30 30 30 30 30 0D 2B");

  private final Bench bench = new Bench();

  private static ScaleToledo config(boolean checksum, MassUnit unit, boolean unstable) {
    return new ScaleToledo(
        "packer", Path.of("/dev/memory"), 9600, Framing.F_8N1, checksum, unit, unstable, Map.of());
  }

  private static byte[] frame(int a, int b, int c, String weight, String tare) {
    byte[] frame = new byte[18];
    frame[0] = 2;
    frame[1] = (byte) a;
    frame[2] = (byte) b;
    frame[3] = (byte) c;
    for (int i = 0; i < 6; i++) {
      frame[4 + i] = (byte) weight.charAt(i);
      frame[10 + i] = (byte) tare.charAt(i);
    }
    frame[16] = '\r';
    int sum = 0;
    for (byte each : frame) {
      sum += each;
    }
    frame[17] = (byte) (-sum & 0x7f);
    return frame;
  }

  private static void read(ScaleToledo config, Bench bench, byte[]... pieces) {
    MemoryPort port = new MemoryPort();
    for (byte[] piece : pieces) {
      port.give(piece);
    }
    try (Driver driver = new ScaleToledo.Reader(config, port, bench.context())) {
      while (!port.isEmpty()) {
        bench.pass(60);
        driver.step();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void read(byte[]... pieces) {
    read(config(true, MassUnit.KG, false), bench, pieces);
  }

  @Test
  void theGoldenFrameIsTwelvePointThreeFourKilogramsGrossAndStable() {
    read(GOLDEN);

    assertThat(bench.readings)
        .containsExactly("weight=12.34", "tare=0.0", "shows=gross", "status=stable");
    assertThat(bench.signals.get(0).unit()).isEqualTo("kg");
  }

  @Test
  void statusBitsSayDecimalsSignNetAndUnit() {
    read(
        frame(0x28 | 5, 0x30 | 3, 0x20, "  1234", "000100"),
        frame(0x28 | 2, 0x20, 0x21, "012345", "000000"),
        frame(0x28 | 1, 0x30, 0x20, "000012", "000000"),
        frame(0x28 | 3, 0x20, 0x20, "000012", "000000"));

    assertThat(bench.readings)
        .containsExactly(
            "weight=-1.234",
            "tare=0.1",
            "shows=net",
            "status=stable",
            "weight=12.345",
            "tare=0.0",
            "shows=gross",
            "status=stable",
            "weight=120.0",
            "tare=0.0",
            "shows=gross",
            "status=stable");
    assertThat(bench.counters.lastRejection()).contains("lb").contains("kg");
  }

  @Test
  void aWeightThatMovesIsNoneUnlessItIsAskedFor() {
    byte[] moving = frame(0x2c, 0x38, 0x20, "001234", "000000");
    read(moving);
    assertThat(bench.readings).containsExactly("tare=0.0", "shows=gross", "status=moving");

    Bench asked = new Bench();
    read(config(true, MassUnit.KG, true), asked, moving);
    assertThat(asked.readings).startsWith("weight=12.34");
    assertThat(asked.samples.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
  }

  @Test
  void anOverloadedOrUnzeroedScaleHasNoWeight() {
    read(
        frame(0x2c, 0x34, 0x20, "      ", "000000"),
        frame(0x2c, 0x70, 0x20, "001234", "000000"),
        frame(0x2c, 0x30, 0x30, "001234", "000000"));

    assertThat(bench.readings)
        .containsExactly(
            "weight=missing",
            "tare=0.0",
            "shows=gross",
            "status=out-of-range",
            "weight=missing",
            "tare=0.0",
            "shows=gross",
            "status=not-zeroed");
    assertThat(bench.counters.lastRejection()).contains("expanded");
  }

  @Test
  void framesInPiecesAndFromTheMiddleAreReadAsWholeOnes() {
    byte[] half = Arrays.copyOfRange(GOLDEN, 5, 18);
    byte[][] pieces = new byte[37][];
    pieces[0] = half;
    for (int i = 0; i < 36; i++) {
      pieces[i + 1] = new byte[] {(byte) (GOLDEN[i % 18] | 0x80)};
    }
    read(pieces);

    assertThat(bench.readings).hasSize(8);
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void noFlippedBitYieldsAValue() {
    for (int bit = 0; bit < GOLDEN.length * 7; bit++) {
      byte[] flipped = GOLDEN.clone();
      flipped[bit / 7] ^= (byte) (1 << bit % 7);
      Bench heard = new Bench();
      read(config(true, MassUnit.KG, true), heard, flipped, new byte[18]);
      assertThat(heard.readings).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void noiseNeverMakesAWrongWeightAndIsCounted() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[][] pieces = new byte[4000][];
    int spoilt = 0;
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = GOLDEN.clone();
      if (i % 4 == 1) {
        spoilt++;
        if (random.nextBoolean()) {
          pieces[i][random.nextInt(18)] ^= (byte) (1 << random.nextInt(7));
        } else {
          pieces[i] = Arrays.copyOf(GOLDEN, 1 + random.nextInt(17));
        }
      }
    }
    read(pieces);

    List<Sample> weights =
        bench.samples.stream().filter(it -> it.value().toString().contains("12.")).toList();
    assertThat(bench.readings)
        .as("seed " + seed)
        .filteredOn(it -> it.startsWith("weight"))
        .containsOnly("weight=12.34");
    assertThat(weights).as("seed " + seed).hasSizeGreaterThanOrEqualTo(4000 - 2 * spoilt);
    assertThat(bench.counters.rejected()).as("seed " + seed).isGreaterThanOrEqualTo(spoilt / 2);
  }

  @Test
  void aScaleWithoutChecksumIsReadByItsFormAlone() {
    byte[] bare = Arrays.copyOf(GOLDEN, 17);
    byte[] letter = bare.clone();
    letter[7] = 'x';
    read(config(false, MassUnit.G, false), bench, bare, letter, bare);

    assertThat(bench.readings).filteredOn(it -> it.startsWith("weight")).hasSize(2);
    assertThat(bench.readings).contains("weight=12340.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void anUnpluggedPortIsToldByAnIoException() {
    Driver driver =
        new ScaleToledo.Reader(
            config(true, MassUnit.KG, false), new MemoryPort().unplug(), bench.context());

    assertThatThrownBy(driver::step).isInstanceOf(IOException.class);
  }
}
