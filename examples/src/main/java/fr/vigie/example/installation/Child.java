package fr.vigie.example.installation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that we started, and only that one. A key typed at our terminal, such as Ctrl-C, does
 * not reach it: we end it, in our order.
 */
public final class Child implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final List<String> WITHOUT_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts a command whose words go to {@code log}, after what stands there already. */
  public static Child start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> whole = new ArrayList<>(WITHOUT_CTRL_C);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Child(name, log, builder.start());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @throws IOException when the process has ended, with its code and last words
   */
  public void mustLive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(name + " ended with code " + process.exitValue() + ":\n" + lastWords());
    }
  }

  /** The code with which the process ended, once it has. */
  public int exitCode() {
    return process.exitValue();
  }

  /**
   * Waits until the process has ended by itself.
   *
   * @return its exit code, empty when it still runs after {@code patience}
   */
  public OptionalInt awaitEnd(Duration patience) throws InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
  }

  /** Files, sockets and pipes that the process has open, 0 where the system does not tell. */
  public int openFiles() {
    String[] names = Path.of("/proc", Long.toString(pid()), "fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  /** Processor time that the process and its threads have used. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The newest line of the process's log that holds a text. */
  public Optional<String> said(String part) throws IOException {
    try (Stream<String> lines = lines()) {
      return lines.filter(line -> line.contains(part)).reduce((older, newer) -> newer);
    }
  }

  /** How many lines of the process's log hold a text. */
  public long timesSaid(String part) throws IOException {
    try (Stream<String> lines = lines()) {
      return lines.filter(line -> line.contains(part)).count();
    }
  }

  /** Takes any bytes, so that a line that was cut within a letter hides no other. */
  private Stream<String> lines() throws IOException {
    return Files.exists(log)
        ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()
        : Stream.empty();
  }

  /** Bytes of memory that the process holds now, 0 where the system does not tell. */
  public long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  /** Ends the process as a power cut would, with nothing tidied up, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** What is done at the moment of a power cut. */
  @FunctionalInterface
  public interface Cut {
    void run() throws IOException;
  }

  /** Stops the process where it stands, does something to its disk, and kills it. */
  public void cutPower(Cut cut) throws IOException, InterruptedException {
    signal("STOP");
    cut.run();
    kill();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("cannot send " + name + " to process " + pid());
    }
  }

  /** Asks the process to end, and kills it when it does not within some seconds. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw new IOException(name + " did not end when asked to, and was killed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
