package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process did to the files of one folder, and what it said, in order: the system calls as
 * strace wrote them down.
 */
final class Recording {
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*");
  private static final Pattern FILE = Pattern.compile("(\\d+)<([^>]*)>(.*)");
  private static final Pattern BYTES = Pattern.compile("\"([^\"]*)\"");
  private static final String UNFINISHED = " <unfinished ...>";

  private Recording() {}

  enum Kind {
    CREATE,
    WRITE,
    TRUNCATE,
    RENAME,
    DELETE,
    SYNC,
    SAY
  }

  /**
   * One deed.
   *
   * @param file its name in the folder; empty for the folder itself and for words
   * @param place where a write begins, or the new length
   * @param bytes written or said; the new name of a file
   */
  record Step(Kind kind, String file, int place, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Whether this machine lets processes be recorded. */
  static boolean isPossible() throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static List<Step> of(Class<?> main, Path folder, Path trace)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "strace",
                "-f",
                "-y",
                "-xx",
                "-s",
                "10000000",
                "--seccomp-bpf",
                "-e",
                "trace=openat,write,pwrite64,ftruncate,rename,unlink,fsync,fdatasync",
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the recorded process failed: " + said);
    }
    List<Step> steps = new ArrayList<>();
    Map<String, String> unfinished = new HashMap<>();
    for (String line : Files.readAllLines(trace)) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        continue;
      }
      String call = parts.group(2);
      Matcher resumed = RESUMED.matcher(call);
      if (call.endsWith(UNFINISHED)) {
        unfinished.put(parts.group(1), call.substring(0, call.length() - UNFINISHED.length()));
      } else {
        String whole = resumed.matches() ? unfinished.get(parts.group(1)) + resumed.group(1) : call;
        step(whole, folder.toString()).ifPresent(steps::add);
      }
    }
    return steps;
  }

  private static Optional<Step> step(String text, String folder) {
    Matcher call = CALL.matcher(text);
    if (!call.matches() || Long.parseLong(call.group(3)) < 0) {
      return Optional.empty();
    }
    String arguments = call.group(2);
    List<byte[]> strings = new ArrayList<>();
    Matcher bytes = BYTES.matcher(arguments);
    while (bytes.find()) {
      strings.add(unescape(bytes.group(1)));
    }
    Matcher file = FILE.matcher(arguments);
    String path = file.matches() ? string(unescape(file.group(2))) : "";
    String[] words = arguments.split(", ");
    int last =
        words[words.length - 1].matches("\\d+") ? Integer.parseInt(words[words.length - 1]) : 0;
    return switch (call.group(1)) {
      case "write" -> {
        if (file.matches() && file.group(1).equals("1")) {
          yield Optional.of(new Step(Kind.SAY, "", 0, strings.get(0)));
        }
        // Java's own small files are written from their beginning, in one call.
        yield in(folder, path).map(name -> new Step(Kind.WRITE, name, 0, strings.get(0)));
      }
      case "pwrite64" ->
          in(folder, path).map(name -> new Step(Kind.WRITE, name, last, strings.get(0)));
      case "ftruncate" ->
          in(folder, path).map(name -> new Step(Kind.TRUNCATE, name, last, new byte[0]));
      case "fsync", "fdatasync" ->
          path.equals(folder)
              ? Optional.of(new Step(Kind.SYNC, "", 0, new byte[0]))
              : in(folder, path).map(name -> new Step(Kind.SYNC, name, 0, new byte[0]));
      case "openat" ->
          arguments.contains("O_CREAT")
              ? in(folder, string(strings.get(0)))
                  .map(name -> new Step(Kind.CREATE, name, 0, new byte[0]))
              : Optional.empty();
      case "unlink" ->
          in(folder, string(strings.get(0)))
              .map(name -> new Step(Kind.DELETE, name, 0, new byte[0]));
      case "rename" ->
          in(folder, string(strings.get(0)))
              .map(
                  name ->
                      new Step(
                          Kind.RENAME,
                          name,
                          0,
                          in(folder, string(strings.get(1)))
                              .orElseThrow()
                              .getBytes(StandardCharsets.UTF_8)));
      default -> Optional.empty();
    };
  }

  /** The name of a file that a power cut leaves; shared memory and the lock hold nothing. */
  private static Optional<String> in(String folder, String path) {
    return Optional.of(path)
        .filter(it -> it.startsWith(folder + "/"))
        .map(it -> it.substring(folder.length() + 1))
        .filter(name -> !name.endsWith("-shm") && !name.equals("lock"));
  }

  private static byte[] unescape(String text) {
    return HexFormat.of().parseHex(text.replace("\\x", ""));
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
