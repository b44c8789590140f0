package fr.vigie.example.firmware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.example.ledger.Entry;
import fr.vigie.frame.Frame;
import fr.vigie.frame.FrameDecoder;
import fr.vigie.signal.Value;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program of {@code examples/firmware/board/avr.c} on a simulated ATmega328P, its serial port
 * on a pseudo-terminal. What it says is known before it is lost or damaged on the way.
 */
final class SimulatedChip implements Closeable {
  private static final Path SOURCES = Path.of("firmware");
  private static final double HUNDREDTHS = 100;

  private final Process process;
  private final Path port;
  private final Path said;

  private SimulatedChip(Process process, Path port, Path said) {
    this.process = process;
    this.port = port;
    this.said = said;
  }

  static void assumeTools() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/make")), "make is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not installed");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/avr-gcc"))
            && Files.isDirectory(Path.of("/usr/lib/avr")),
        "no compiler for AVR (apt install gcc-avr avr-libc)");
    assumeTrue(
        Files.exists(Path.of("/usr/include/simavr/sim_avr.h")),
        "no simulator for AVR (apt install libsimavr-dev)");
  }

  /** Builds the program and starts it. */
  static SimulatedChip start(Path folder, long seed) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path built = folder.resolve("built");
    Process make =
        new ProcessBuilder("make", "-s", "-C", SOURCES.toString(), "BUILD=" + built, "avr")
            .inheritIO()
            .start();
    if (make.waitFor() != 0) {
      throw new AssertionError("the chip's program does not compile");
    }
    Path port = folder.resolve("port");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                built.resolve("simulator").toString(),
                built.resolve("press-avr.elf").toString(),
                port.toString(),
                Long.toString(seed))
            .redirectOutput(said.toFile())
            .redirectError(folder.resolve("simulator.log").toFile())
            .start();
    return new SimulatedChip(process, port, said);
  }

  /** What the agent opens. */
  Path port() {
    return port;
  }

  /** Does to the chip what {@code simulator.c} knows, such as {@code noise 200}. */
  void suffer(String what) throws IOException {
    process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  /** Every whole frame of samples that the chip has said until now. */
  List<Frame.Samples> frames() throws IOException {
    byte[] bytes = Files.readAllBytes(said);
    List<Frame.Samples> frames = new ArrayList<>();
    new FrameDecoder()
        .feed(
            bytes,
            bytes.length,
            frame -> {
              if (frame instanceof Frame.Samples samples) {
                frames.add(samples);
              }
            });
    return frames;
  }

  /** The same, as values of the press. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Frame.Samples samples : frames()) {
      for (Frame.Entry entry : samples.entries()) {
        if (entry instanceof Frame.Entry.Text state) {
          entries.add(entry(samples, "state", Value.of(state.value())));
        } else if (entry instanceof Frame.Entry.Whole whole && whole.id() == 0) {
          entries.add(entry(samples, "current", Value.of(whole.value() / HUNDREDTHS)));
        } else if (entry instanceof Frame.Entry.Whole whole) {
          entries.add(entry(samples, "parts", Value.of((double) whole.value())));
        }
      }
    }
    return entries;
  }

  private static Entry entry(Frame.Samples samples, String signal, Value value) {
    Instant at = Instant.ofEpochMilli(samples.millis());
    return new Entry("press", "press-1", samples.sequence(), signal, value, at, false);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
