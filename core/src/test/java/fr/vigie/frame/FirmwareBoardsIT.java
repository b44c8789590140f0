package fr.vigie.frame;

import static fr.vigie.frame.FirmwareBuild.need;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.frame.Frame.Entry;
import fr.vigie.signal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code examples/firmware} on simulated chips and on this machine. */
@Timeout(120)
class FirmwareBoardsIT {
  private static final String AVR_SIMULATOR = "/usr/include/simavr/sim_avr.h";
  private static final String ARDUINO = "/usr/share/arduino/hardware/arduino/avr/cores/arduino";

  @TempDir static Path folder;

  /** Listens to a program's output until some frames of samples have come. */
  private static List<Frame> listen(int samples, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Frame> frames = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder();
    Consumer<Frame> keep = frames::add;
    byte[] bytes = new byte[256];
    try (InputStream in = process.getInputStream()) {
      int count = 0;
      while (count >= 0
          && frames.stream().filter(Frame.Samples.class::isInstance).count() < samples) {
        count = in.read(bytes);
        decoder.feed(bytes, Math.max(0, count), keep);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(decoder.damaged()).isZero();
    return frames;
  }

  private static void assertThatAPressSpeaks(List<Frame> frames) {
    assertThat(frames.get(0))
        .isInstanceOfSatisfying(
            Frame.Hello.class,
            hello -> assertThat(hello.firmware()).isEqualTo("press-example 1.0"));
    assertThat(frames)
        .contains(
            new Frame.Described(0, Kind.GAUGE, -2, "current", "A"),
            new Frame.Described(1, Kind.COUNTER, 0, "parts", ""),
            new Frame.Described(2, Kind.STATE, 0, "state", ""));
    long parts = 0;
    long millis = -1;
    for (Frame frame : frames) {
      if (frame instanceof Frame.Samples samples) {
        parts++;
        assertThat(samples.sequence()).isEqualTo(parts);
        assertThat(samples.millis()).isGreaterThan(millis);
        assertThat(samples.entries())
            .containsExactly(
                new Entry.Whole(0, 180 + parts),
                new Entry.Whole(1, parts),
                new Entry.Text(2, "RUN"));
        millis = samples.millis();
      }
    }
  }

  @Test
  void aPressSpeaksOnAnAvr() throws IOException, InterruptedException {
    need("make", "gcc", "avr-gcc", AVR_SIMULATOR);
    FirmwareBuild build = new FirmwareBuild(folder);
    build.make("avr");

    assertThatAPressSpeaks(
        listen(
            10, List.of(build.path("simulator"), build.path("press-avr.elf"), build.path("port"))));
  }

  @Test
  void aPressSpeaksOnAnArm() throws IOException, InterruptedException {
    need("make", "arm-none-eabi-gcc", "qemu-system-arm");
    FirmwareBuild build = new FirmwareBuild(folder);
    build.make("arm");

    assertThatAPressSpeaks(
        listen(
            10,
            List.of(
                "qemu-system-arm",
                "-M",
                "lm3s6965evb",
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "stdio",
                "-kernel",
                build.path("press-arm.elf"))));
  }

  @Test
  void aPressSpeaksOnAPcInCAndInCPlusPlus() throws IOException, InterruptedException {
    need("make", "gcc", "g++");
    FirmwareBuild build = new FirmwareBuild(folder);
    build.make(build.path("press-pc"), build.path("press-pc++"));

    for (String program : List.of("press-pc", "press-pc++")) {
      assertThatAPressSpeaks(listen(10, List.of(build.path(program), "/dev/stdout")));
    }
  }

  @Test
  void theArduinoSketchSpeaksOnItsChip() throws IOException, InterruptedException {
    need("make", "gcc", "avr-g++", AVR_SIMULATOR, ARDUINO);
    FirmwareBuild build = new FirmwareBuild(folder);
    build.make("arduino");

    assertThat(
            listen(
                2, List.of(build.path("simulator"), build.path("light.elf"), build.path("port"))))
        .startsWith(
            new Frame.Hello(1, 0, 1, "light 1.0"),
            new Frame.Described(0, Kind.GAUGE, 0, "light", "%"))
        .contains(new Frame.Samples(2, 2000, List.of(new Entry.Real(0, 0))));
  }
}
