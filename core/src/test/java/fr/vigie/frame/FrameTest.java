package fr.vigie.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.frame.Frame.Entry;
import fr.vigie.signal.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final Map<String, Frame> GOLDEN = new LinkedHashMap<>();
  private static final Map<String, String> GOLDEN_BYTES = new LinkedHashMap<>();

  static {
    try (InputStream golden = FrameTest.class.getResourceAsStream("golden.txt")) {
      for (String line : new String(golden.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] vector = line.split(" ", 3);
        GOLDEN_BYTES.put(vector[0], vector[1]);
        GOLDEN.put(vector[0], FrameText.parse(vector[2]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Frame> decode(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    new FrameDecoder().feed(bytes, bytes.length, frames::add);
    return frames;
  }

  @Test
  void goldenVectorsAreKept() {
    Map<String, String> bytes = new LinkedHashMap<>();
    GOLDEN.forEach(
        (name, frame) -> bytes.put(name, HexFormat.of().formatHex(FrameEncoder.encode(frame))));

    assertThat(bytes).isEqualTo(GOLDEN_BYTES).hasSizeGreaterThan(15);
    assertThat(GOLDEN)
        .containsEntry("gauge", new Frame.Described(0, Kind.GAUGE, -1, "current", "A"))
        .containsEntry(
            "samples",
            new Frame.Samples(
                1,
                123456,
                List.of(
                    new Entry.Whole(0, 125),
                    new Entry.Whole(1, 1_000_000),
                    new Entry.Text(2, "RUN"))));
  }

  @Test
  void theTextFormOfAFrameIsReadAsItWasWritten() {
    long seed = System.nanoTime();
    RandomFrames frames = new RandomFrames(new Random(seed));
    for (int i = 0; i < 10_000; i++) {
      Frame frame = frames.next();
      assertThat(FrameText.parse(FrameText.of(frame))).as("seed %d", seed).isEqualTo(frame);
      assertThat(decode(FrameEncoder.encode(frame))).as("seed %d", seed).containsExactly(frame);
    }
  }

  @Test
  void everyFrameComesBackAsItWas() {
    GOLDEN
        .values()
        .forEach(frame -> assertThat(decode(FrameEncoder.encode(frame))).containsExactly(frame));
  }

  @Test
  void framesComeOutHoweverTheirBytesArePieced() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    GOLDEN.values().forEach(frame -> stream.writeBytes(FrameEncoder.encode(frame)));
    byte[] bytes = stream.toByteArray();
    FrameDecoder decoder = new FrameDecoder();
    List<Frame> frames = new ArrayList<>();
    for (byte b : bytes) {
      decoder.feed(new byte[] {b}, 1, frames::add);
    }
    assertThat(frames).containsExactlyElementsOf(GOLDEN.values());
    assertThat(decoder.damaged()).isZero();
  }

  @Test
  void noFlippedBitEverGivesAnotherValue() {
    for (Frame frame : GOLDEN.values()) {
      byte[] bytes = FrameEncoder.encode(frame);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] noisy = bytes.clone();
        noisy[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(decode(noisy)).as("bit %d of %s", bit, frame).isEmpty();
      }
    }
  }

  @Test
  void noiseIsCountedAndTheNextFrameIsRead() {
    Random random = new Random(7);
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    noise[noise.length - 1] = 0;
    FrameDecoder decoder = new FrameDecoder();
    List<Frame> frames = new ArrayList<>();
    decoder.feed(noise, noise.length, frames::add);
    assertThat(frames).isEmpty();
    assertThat(decoder.damaged()).isGreaterThan(100);

    byte[] good = FrameEncoder.encode(GOLDEN.get("hello"));
    decoder.feed(good, good.length, frames::add);
    assertThat(frames).hasSize(1);
  }

  @Test
  void aMillionBytesWithoutAnEndAreOneDamagedStretch() {
    byte[] endless = new byte[1_000_000];
    java.util.Arrays.fill(endless, (byte) 'U');
    FrameDecoder decoder = new FrameDecoder();
    decoder.feed(endless, endless.length, frame -> {});
    decoder.feed(new byte[] {0}, 1, frame -> {});
    assertThat(decoder.damaged()).isEqualTo(1);
  }

  @Test
  void stuffingIsUndoneAtEveryLengthAndPlaceOfZeros() {
    Random random = new Random(11);
    for (int length = 0; length < 1_100; length++) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] =
            (byte) (random.nextInt(length % 3 == 0 ? 2 : 300) == 0 ? 0 : random.nextInt(256));
      }
      byte[] stuffed = Cobs.stuff(bytes);
      for (byte b : stuffed) {
        assertThat(b).isNotZero();
      }
      byte[] work = stuffed.clone();
      int back = Cobs.unstuff(work, work.length);
      assertThat(java.util.Arrays.copyOf(work, Math.max(0, back)))
          .as("length %d", length)
          .isEqualTo(bytes);
    }
  }

  @Test
  void aFrameThatIsTooLongIsNotSent() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      entries.add(new Entry.Text(i, "x".repeat(200)));
    }
    assertThatThrownBy(() -> FrameEncoder.encode(new Frame.Samples(1, 1, entries)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512");
  }

  @Test
  void aFrameThatIsTooLongIsNotReadEither() {
    for (int length = Frame.MOST_BYTES - 1; length <= Frame.MOST_BYTES + 2; length++) {
      byte[] frame = new byte[length];
      java.util.Arrays.fill(frame, (byte) (FrameEncoder.NONE << 6));
      ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put((byte) FrameEncoder.SAMPLES).putInt(1).putInt(1);
      CRC32 crc = new CRC32();
      crc.update(frame, 0, length - 4);
      bytes.putInt(length - 4, (int) crc.getValue());
      byte[] stuffed = Cobs.stuff(frame);
      List<Frame> frames = new ArrayList<>();
      FrameDecoder decoder = new FrameDecoder();
      decoder.feed(stuffed, stuffed.length, frames::add);
      decoder.feed(new byte[] {0}, 1, frames::add);
      assertThat(frames).as("length %d", length).hasSize(length <= Frame.MOST_BYTES ? 1 : 0);
    }
  }
}
