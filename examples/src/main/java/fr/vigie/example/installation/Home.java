package fr.vigie.example.installation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Vigie is installed: the jars that run as processes of their own, and how to run them. Safe
 * for use by several threads. Closing it kills every process that it started and that still runs.
 */
public final class Home implements Closeable {
  private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  private final Path folder;
  private final List<Child> children = new ArrayList<>();
  private boolean closed;

  private Home(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder that the launcher names by {@code -Dvigie.home}, else the present one.
   *
   * @throws IOException when nothing is built there
   */
  public static Home find() throws IOException {
    Home home = new Home(Path.of(System.getProperty("vigie.home", "")).toAbsolutePath());
    for (Path jar : List.of(home.agentJar(), home.serverJar())) {
      if (!Files.isRegularFile(jar)) {
        throw new IOException(
            "not built: " + jar + " is missing. Use ./vigie, or run mvn -DskipTests package");
      }
    }
    return home;
  }

  public Path folder() {
    return folder;
  }

  /** Starts the server with its own options. */
  public Child server(List<String> options, Path log) throws IOException {
    return java(
        "the server",
        Launch.PLAIN,
        List.of(flags("server"), natives("server")),
        serverJar(),
        options,
        log);
  }

  /** Starts the agent with a configuration file. */
  public Child agent(Path configuration, Path log) throws IOException {
    return agent(configuration, Map.of(), log);
  }

  /** Starts the agent with a configuration file and words of its own in its environment. */
  public Child agent(Path configuration, Map<String, String> environment, Path log)
      throws IOException {
    return agent(
        List.of("--config", configuration.toString()),
        log,
        new Launch(List.of(), List.of(), environment));
  }

  /** Starts the agent with its own options. */
  public Child agent(List<String> options, Path log, Launch launch) throws IOException {
    return java(
        "the agent",
        launch,
        List.of(
            flags("device-agent"),
            natives("device-agent"),
            "-XX:SharedArchiveFile=" + System.getProperty("vigie.archive", "none"),
            "-DjSerialComm.library.path=" + folder.resolve("device-agent/target/native")),
        agentJar(),
        options,
        log);
  }

  private Child java(
      String name, Launch launch, List<String> flags, Path jar, List<String> options, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(launch.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dvigie.home=" + folder);
    command.addAll(flags);
    command.addAll(launch.flags());
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(options);
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(launch.environment());
    return child(name, command, environment, log);
  }

  /** Starts any other program. */
  public Child child(String name, List<String> command, Path log) throws IOException {
    return child(name, command, ENVIRONMENT, log);
  }

  private synchronized Child child(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    if (closed) {
      throw new IOException("ending");
    }
    children.removeIf(child -> !child.isAlive());
    Child child = Child.start(name, command, environment, log);
    children.add(child);
    return child;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      for (Child child : children) {
        child.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file that the launcher takes a JVM's flags from, too. */
  private String flags(String module) {
    return "@" + folder.resolve(module).resolve("jvm.options");
  }

  private String natives(String module) {
    return "-Dvigie.native=" + folder.resolve(module).resolve("target/native");
  }

  private Path agentJar() {
    return folder.resolve("device-agent/target/vigie-agent.jar");
  }

  private Path serverJar() {
    return folder.resolve("server/target/vigie-server.jar");
  }
}
