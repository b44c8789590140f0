package fr.vigie.example.powercut;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A writing process; each of its words is a key and a number, and the last of each key counts. */
final class Writer implements Closeable {
  private static final long LOOK_EVERY = 1_000_000;
  private static final int LOOKS = 20_000;

  private final Process process;
  private final Path errors;
  private final InputStream in;
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();
  private final Map<String, Long> told;

  private Writer(Process process, Path errors, Map<String, Long> told) {
    this.process = process;
    this.errors = errors;
    this.in = process.getInputStream();
    this.told = told;
  }

  /**
   * @param before what writers of earlier lives told
   */
  static Writer start(String mainClass, Path folder, int life, Map<String, Long> before)
      throws IOException {
    Path errors = Files.createTempFile("vigie-writer", ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    System.getProperty("java.class.path"),
                    mainClass,
                    folder.toString(),
                    Integer.toString(life)))
            .redirectError(errors.toFile())
            .start();
    return new Writer(process, errors, new HashMap<>(before));
  }

  /** Listens until so many more words were heard. */
  void hear(int words) throws IOException {
    for (int heard = 0; heard < words; ) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the writer ended: " + Files.readString(errors).strip());
      }
      heard += take(next) ? 1 : 0;
    }
  }

  /** Halts it wherever it is, and tells what it had said until then. */
  Map<String, Long> halt() throws IOException, InterruptedException {
    LoopDisk.run("kill", "-STOP", Long.toString(process.pid()));
    for (int look = 0; !isHalted(); look++) {
      if (look == LOOKS) {
        throw new IOException("the writer " + process.pid() + " does not halt");
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
    while (in.available() > 0) {
      take(in.read());
    }
    return new HashMap<>(told);
  }

  void goOn() throws IOException, InterruptedException {
    LoopDisk.run("kill", "-CONT", Long.toString(process.pid()));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    in.close();
    Files.deleteIfExists(errors);
  }

  private boolean isHalted() throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    return true;
  }

  private boolean take(int next) {
    if (next != '\n') {
      word.write(next);
      return false;
    }
    String[] pair = word.toString(StandardCharsets.UTF_8).split(" ");
    told.put(pair[0], Long.parseLong(pair[1]));
    word.reset();
    return true;
  }
}
