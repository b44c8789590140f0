package fr.vigie.example.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system, run to their end. */
public final class Program {
  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private Program() {}

  public static Optional<Path> find(String name) {
    return PLACES.stream()
        .map(Path::of)
        .map(at -> at.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program and returns what it said.
   *
   * @throws IOException with its words when it is not there or did not succeed
   */
  public static String run(String name, String... arguments) throws IOException {
    Path file = find(name).orElseThrow(() -> new IOException(name + " is not installed"));
    List<String> command = Stream.concat(Stream.of(file.toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(name + " was interrupted", e);
    }
    return said;
  }
}
