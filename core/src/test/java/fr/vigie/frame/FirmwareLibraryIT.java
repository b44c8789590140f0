package fr.vigie.frame;

import static fr.vigie.frame.FirmwareBuild.need;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The C library of {@code examples/firmware}, beside the Java of this package. */
@Timeout(300)
class FirmwareLibraryIT {
  private static final int FRAMES = 5_000;

  @TempDir static Path folder;

  private String make(String... targets) throws IOException, InterruptedException {
    return new FirmwareBuild(folder).make(targets);
  }

  /** Lets the library turn lines into as many others. */
  private List<String> frames(String job, List<String> lines)
      throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("in"), lines);
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(folder.resolve("frames").toString(), job)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readAllLines(out, UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<String> decoded(byte[] bytes) {
    List<String> frames = new ArrayList<>();
    new FrameDecoder().feed(bytes, bytes.length, frame -> frames.add(FrameText.of(frame)));
    return frames;
  }

  @Test
  void theLibraryKeepsTheGoldenVectorsAndItsPromises() throws IOException, InterruptedException {
    need("make", "gcc");

    assertThat(make("check").lines())
        .contains("what is no value is none", "hello", "longest-frame");
  }

  @Test
  void theLibrarySaysEveryFrameInTheBytesThatJavaSaysItIn()
      throws IOException, InterruptedException {
    need("make", "gcc");
    make(folder.resolve("frames").toString());
    long seed = System.nanoTime();
    RandomFrames random = new RandomFrames(new Random(seed));
    List<Frame> frames = Stream.generate(random::next).limit(FRAMES).toList();

    List<String> said = frames("encode", frames.stream().map(FrameText::of).toList());
    assertThat(said)
        .as("seed %d", seed)
        .isEqualTo(frames.stream().map(FrameEncoder::encode).map(FirmwareLibraryIT::hex).toList());
    List<String> read = frames("decode", said);
    assertThat(read.stream().map(FrameText::parse).toList()).as("seed %d", seed).isEqualTo(frames);
  }

  @Test
  void bothReadTheSameOutOfNoise() throws IOException, InterruptedException {
    need("make", "gcc");
    make(folder.resolve("frames").toString());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RandomFrames frames = new RandomFrames(random);
    List<String> noisy = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      byte[] bytes = FrameEncoder.encode(frames.next());
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(bytes.length - 1);
        byte flipped = (byte) (bytes[at] ^ 1 << random.nextInt(8));
        bytes[at] = flipped == 0 ? 1 : flipped;
      }
      noisy.add(hex(bytes));
      expected.add(decoded(bytes));
    }

    List<String> read = frames("decode", noisy);
    for (int i = 0; i < FRAMES; i++) {
      List<String> one =
          read.get(i).equals("damaged")
              ? List.of()
              : List.of(FrameText.of(FrameText.parse(read.get(i))));
      assertThat(one).as("seed %d, frame %d: %s", seed, i, noisy.get(i)).isEqualTo(expected.get(i));
    }
    assertThat(read).contains("damaged");
  }

  @Test
  void itFitsIntoASmallChip() throws IOException, InterruptedException {
    need("make", "avr-gcc");

    System.out.print(make("size-avr"));
  }

  @Test
  void itFitsIntoAnArmChip() throws IOException, InterruptedException {
    need("make", "arm-none-eabi-gcc");

    System.out.print(make("size-arm"));
  }
}
