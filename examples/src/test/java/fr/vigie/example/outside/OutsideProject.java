package fr.vigie.example.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of a project beside this build, made by a Maven of its own from a local repository that
 * holds what this build has made. All else in that repository leads to the real one.
 */
final class OutsideProject {
  private static final String VERSION = System.getProperty("vigie.version", "");

  private final Path folder;

  private OutsideProject(Path folder) {
    this.folder = folder;
  }

  static OutsideProject build(Path home, String project, Path work)
      throws IOException, InterruptedException {
    Path maven = maven();
    Path repository = repository(home, work.resolve("repository"));
    Path folder = work.resolve(project);
    copy(home.resolve("examples").resolve(project), folder);
    Path log = work.resolve(project + ".log");
    Process build =
        new ProcessBuilder(
                maven.toString(), "-o", "-q", "-B", "-Dmaven.repo.local=" + repository, "package")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = build.waitFor(4, TimeUnit.MINUTES);
    build.destroy();
    removeLinks(repository);
    assertThat(ended && build.exitValue() == 0).as(Files.readString(log)).isTrue();
    return new OutsideProject(folder);
  }

  Path target(String file) {
    return folder.resolve("target").resolve(file);
  }

  private static Path maven() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "mvn"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              assumeTrue(false, "mvn is not on the PATH");
              return Path.of("mvn");
            });
  }

  private static Path repository(Path home, Path folder) throws IOException {
    Path real = Path.of(System.getProperty("vigie.repository", ""));
    linkAllBut("fr", real, folder);
    linkAllBut("vigie", real.resolve("fr"), folder.resolve("fr"));
    Path ours = folder.resolve("fr/vigie");
    publish(home, ours.resolve("vigie"), "pom.xml", "vigie", "");
    publish(home.resolve("core"), ours.resolve("vigie-core"), "pom.xml", "vigie-core", VERSION);
    publish(
        home.resolve("device-agent"), ours.resolve("vigie-agent"), "pom.xml", "vigie-agent", "");
    return folder;
  }

  /** Lets a folder look like another one, but for one name. */
  private static void linkAllBut(String name, Path real, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Files.isDirectory(real)) {
      try (Stream<Path> entries = Files.list(real)) {
        for (Path entry : entries.toList()) {
          if (!entry.getFileName().toString().equals(name)) {
            Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
          }
        }
      }
    }
  }

  private static void removeLinks(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /** As `mvn install` lays it out. */
  private static void publish(Path module, Path to, String pom, String name, String inFile)
      throws IOException {
    Path folder = Files.createDirectories(to.resolve(VERSION));
    String file = name + '-' + VERSION;
    Files.copy(module.resolve(pom), folder.resolve(file + ".pom"));
    Path jar =
        module.resolve("target").resolve(name + (inFile.isEmpty() ? "" : '-' + inFile) + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, folder.resolve(file + ".jar"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> all =
          files.filter(file -> !file.startsWith(from.resolve("target"))).sorted().toList();
      for (Path file : all) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
