package fr.vigie.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds what {@code examples/firmware} holds, into a folder. */
record FirmwareBuild(Path folder) {
  private static final Path SOURCES = Path.of("../examples/firmware");

  /** Skips the test, visibly, where a program or file is missing. */
  static void need(String... things) {
    for (String thing : things) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(path -> Files.exists(Path.of(path).resolve(thing))),
          thing + " is not installed");
    }
  }

  /** Makes some targets of the Makefile, and hands over what it prints. */
  String make(String... targets) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("make", "-s", "-C", SOURCES.toString(), "BUILD=" + folder));
    command.addAll(List.of(targets));
    Path told = folder.resolve("told");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
    int code = process.waitFor();
    String words = Files.readString(told);
    assertThat(code).as(words).isZero();
    return words;
  }

  String path(String file) {
    return folder.resolve(file).toString();
  }
}
