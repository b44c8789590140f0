package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.telegram.KeyboardScans;
import fr.vigie.agent.telegram.Scan;
import fr.vigie.agent.telegram.ScanDecoder;
import fr.vigie.agent.telegram.SerialScans;
import fr.vigie.signal.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BarcodeTest {
  private static final String GS1 = "]C10104006381333931" + "10LOT-7" + '\u001d' + "21A/42";

  private final Bench bench = new Bench();

  private static Barcode config(Scan.Content content) {
    return config(content, Optional.empty(), Map.of());
  }

  private static Barcode config(
      Scan.Content content, Optional<Pattern> pattern, Map<String, Measured> signals) {
    return new Barcode(
        "packer", Path.of("/dev/memory"), 9600, Framing.F_8N1, content, pattern, signals);
  }

  private void read(Barcode config, ScanDecoder decoder, byte[]... pieces) {
    MemoryPort port = new MemoryPort();
    for (byte[] piece : pieces) {
      port.give(piece);
    }
    try (Driver driver = new Barcode.Reader(config, port::read, port, decoder, bench.context())) {
      while (!port.isEmpty()) {
        bench.pass(20);
        driver.step();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void scan(Scan.Content content, String text) {
    read(config(content), new SerialScans(), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void everyScanIsAnEventAlsoTheSameOneTwice() {
    scan(Scan.Content.PLAIN, "OF-2026-117\r\nOF-2026-117\r\n");

    assertThat(bench.readings).containsExactly("scan=OF-2026-117", "scan=OF-2026-117");
    assertThat(bench.signals.get(0).kind()).isEqualTo(Kind.EVENT);
  }

  @Test
  void aGs1CodeGivesGtinBatchAndSerialNumber() {
    scan(Scan.Content.PLAIN, GS1 + '\r');

    assertThat(bench.readings)
        .containsExactly(
            "scan=(01)04006381333931(10)LOT-7(21)A/42",
            "gtin=04006381333931",
            "batch=LOT-7",
            "serial=A/42");
    assertThat(bench.samples).extracting("time").containsOnly(bench.samples.get(0).time());
  }

  @Test
  void elementsOfFixedLengthNeedNoSeparatorAndOthersEndAtOne() {
    scan(Scan.Content.GS1, "\u001d00340123450000000000\r");
    scan(Scan.Content.GS1, "17261231" + "3103001250" + "3712\u001d" + "10A1\r");
    scan(Scan.Content.GS1, "410" + "4006381333931" + "240ABC\u001d" + "8005012345\r");

    assertThat(bench.readings)
        .containsExactly(
            "scan=(00)340123450000000000",
            "sscc=340123450000000000",
            "scan=(17)261231(3103)001250(37)12(10)A1",
            "batch=A1",
            "scan=(410)4006381333931(240)ABC(8005)012345");
  }

  @Test
  void anEanHasItsCheckDigitAndIsAlwaysFourteenDigits() {
    scan(Scan.Content.PLAIN, "]E04006381333931\r]E04006381333932\r]E496385074\r]E0400638133393X\r");
    scan(Scan.Content.EAN, "4006381333931\r");

    assertThat(bench.readings)
        .containsExactly(
            "scan=4006381333931",
            "gtin=04006381333931",
            "scan=96385074",
            "gtin=00000096385074",
            "scan=4006381333931",
            "gtin=04006381333931");
    assertThat(bench.counters.rejected()).isEqualTo(2);
  }

  @Test
  void noWrongDigitPassesAsAnEan() {
    String code = "4006381333931";
    for (int at = 0; at < code.length(); at++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (digit != code.charAt(at)) {
          scan(Scan.Content.EAN, code.substring(0, at) + digit + code.substring(at + 1) + "\r");
        }
      }
      scan(Scan.Content.EAN, code.substring(0, at) + code.substring(at + 1) + "\r");
    }
    assertThat(bench.readings)
        .allMatch(it -> it.matches("(scan|gtin)=\\d+"))
        .noneMatch(it -> it.startsWith("scan=") && it.length() == "scan=".length() + 13);
  }

  @Test
  void aGs1CodeThatIsNotWhollyUnderstoodIsRefused() {
    for (String code :
        new String[] {
          "0104006381333932", // check digit
          "010400638133393", // cut short
          "01", // without its value
          "0", // less than an identifier
          "5812", // unknown
          "10", // empty
          "10A\u001d10B", // twice
          "10ABCDEFGHIJKLMNOPQRSTU", // too long
          "31X3001250", // no digits
          "\u001d"
        }) {
      scan(Scan.Content.GS1, code + '\r');
    }
    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(10);
  }

  @Test
  void aCodeOfAnotherFormThanThePatternIsRefused() {
    Barcode config =
        config(
            Scan.Content.PLAIN,
            Optional.of(Pattern.compile("OF-\\d{4}-\\d+")),
            Map.of("order", new Measured(Optional.of("scan"), Refinement.NONE)));
    read(
        config,
        new SerialScans(),
        "OF-2026-117\rOF-20?6-117\r".getBytes(StandardCharsets.US_ASCII));

    assertThat(bench.readings).containsExactly("order=OF-2026-117");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void aCodeWithoutItsEndIsDroppedAndNeverPutBeforeTheNext() throws IOException {
    MemoryPort port = new MemoryPort().give("HALF");
    try (Driver driver =
        new Barcode.Reader(
            config(Scan.Content.PLAIN), port::read, port, new SerialScans(), bench.context())) {
      driver.step();
      bench.pass(1500);
      port.give("WHOLE\r");
      driver.step();
      bench.pass(1500);
      driver.step();
    }
    assertThat(bench.readings).containsExactly("scan=WHOLE");
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains("suffix");
  }

  @Test
  void noiseIsBoundedAndCounted() {
    long seed = System.nanoTime();
    byte[] noise = new byte[1 << 20];
    new Random(seed).nextBytes(noise);
    noise[noise.length - 1] = '\r';
    byte[] endless = "A".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    read(
        config(Scan.Content.EAN),
        new SerialScans(),
        noise,
        endless,
        "\r4006381333931\r".getBytes(StandardCharsets.US_ASCII));

    assertThat(bench.readings)
        .as("seed " + seed)
        .endsWith("scan=4006381333931", "gtin=04006381333931");
    assertThat(bench.counters.rejected()).as("seed " + seed).isPositive();
  }

  @Test
  void aKeyboardScannerIsReadByItsKeysWhateverTheLayout() {
    for (int size : new int[] {24, 16}) {
      Keys keys = new Keys(size);
      read(config(Scan.Content.PLAIN), new KeyboardScans(size), keys.type("AZERTY-m,q;!42\r"));
    }
    assertThat(bench.readings).containsExactly("scan=AZERTY-m,q;!42", "scan=AZERTY-m,q;!42");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void controlAndBracketIsTheSeparatorOfGs1() {
    byte[] events = new Keys(24).type(GS1 + '\r');
    byte[][] pieces = new byte[events.length][];
    for (int i = 0; i < events.length; i++) {
      pieces[i] = new byte[] {events[i]};
    }
    read(config(Scan.Content.PLAIN), new KeyboardScans(24), pieces);

    assertThat(bench.readings).contains("gtin=04006381333931", "batch=LOT-7", "serial=A/42");
  }

  @Test
  void lostKeysAndKeysWithoutACharacterSpoilTheWholeCode() {
    Keys keys = new Keys(24);
    read(
        config(Scan.Content.PLAIN),
        new KeyboardScans(24),
        keys.type("AB"),
        keys.event(0, 3, 0),
        keys.type("CD\r"),
        keys.event(1, 56, 1),
        keys.event(1, 56, 0),
        keys.type("x\rGOOD\r"));

    assertThat(bench.readings).containsExactly("scan=GOOD");
    assertThat(bench.counters.rejected()).isEqualTo(2);
  }

  @Test
  void anUnpluggedScannerIsToldByAnIoException() {
    MemoryPort port = new MemoryPort().unplug();
    Driver driver =
        new Barcode.Reader(
            config(Scan.Content.PLAIN), port::read, port, new SerialScans(), bench.context());

    assertThatThrownBy(driver::step).isInstanceOf(IOException.class);
  }

  /** Types on a US keyboard, as the kernel tells it. */
  private static final class Keys {
    private static final String[] ROWS = {
      "\u0000\u00001234567890-=", "qwertyuiop[]", "asdfghjkl;'`", "\\zxcvbnm,./"
    };
    private static final String[] SHIFTED = {
      "\u0000\u0000!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"~", "|ZXCVBNM<>?"
    };
    private static final int[] FROM = {0, 16, 30, 43};

    private final int size;

    Keys(int size) {
      this.size = size;
    }

    byte[] event(int type, int code, int value) {
      return ByteBuffer.allocate(size)
          .order(ByteOrder.nativeOrder())
          .putShort(size - 8, (short) type)
          .putShort(size - 6, (short) code)
          .putInt(size - 4, value)
          .array();
    }

    byte[] type(String text) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (char c : text.toCharArray()) {
        if (c == '\r') {
          press(out, 28, 0);
        } else if (c == '\u001d') {
          press(out, 27, 29);
        } else {
          for (int row = 0; row < ROWS.length; row++) {
            if (ROWS[row].indexOf(c) >= 0) {
              press(out, FROM[row] + ROWS[row].indexOf(c), 0);
            } else if (SHIFTED[row].indexOf(c) >= 0) {
              press(out, FROM[row] + SHIFTED[row].indexOf(c), 42);
            }
          }
        }
      }
      return out.toByteArray();
    }

    private void press(ByteArrayOutputStream out, int key, int with) {
      if (with > 0) {
        out.writeBytes(event(1, with, 1));
      }
      out.writeBytes(event(4, 4, 0x70004));
      out.writeBytes(event(1, key, 1));
      out.writeBytes(event(0, 0, 0));
      out.writeBytes(event(1, key, 2));
      out.writeBytes(event(1, key, 0));
      if (with > 0) {
        out.writeBytes(event(1, with, 0));
      }
      out.writeBytes(event(0, 0, 0));
    }
  }
}
