package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigException;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.health.StatusText;
import fr.vigie.agent.refine.Picture;
import fr.vigie.host.KernelClock;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is known of one sensor, and what to do. */
@Command(
    name = "doctor",
    description = {
      "Tells what can be known of one sensor: what came, what was refused and why, gaps,",
      "how full its line is, what its driver sees of the device, and the clock. Asks the",
      "agent that runs with this configuration; where none does, reads the device itself.",
      "Of states that are learned it shows why they are told apart as they are."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agent doctor press --config agent.yaml",
      "  agent doctor temperature               the sensor that gives this signal",
      "  agent doctor press --status /run/vigie     an agent that systemd started",
      "  agent doctor current --svg why.svg         how its states were learned, as a drawing",
      "",
      "Lines that begin with ! say where to look and what to do.",
      "Exit codes: 0 nothing to look at, 1 something, 64 wrong usage, 78 wrong configuration."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final Path SYSTEMD = Path.of("/run/vigie");

  @Mixin private DryRunOptions options = new DryRunOptions();

  @Parameters(
      paramLabel = "NAME",
      description = "a sensor, a signal, or a signal as machine/signal")
  private String name = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DryRunOptions.Time.class,
      description = "how long to read the device where no agent runs (default: ${DEFAULT-VALUE})")
  private Duration time = Duration.ofSeconds(10);

  @Option(
      names = "--status",
      paramLabel = "FOLDER",
      description =
          "where the agent keeps its status.json (default: its data folder, or /run/vigie)")
  private Optional<Path> status = Optional.empty();

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "draws the histogram of a signal whose states are learned")
  private Optional<Path> svg = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      AgentConfig config = options.read();
      Optional<AgentConfig.Sensor> sensor = sensor(config);
      if (sensor.isEmpty()) {
        err.printf(
            "no sensor and no signal '%s', wanted one of %s%n",
            name, String.join(", ", config.sensors().keySet()));
        return AgentMain.WRONG_USAGE;
      }
      List<Picture> pictures = pictures(sensor.get(), config.data());
      if (svg.isPresent() && pictures.size() != 1) {
        err.printf(
            "--svg: found %d signals of '%s' whose states are learned, wanted one%n",
            pictures.size(), name);
        return AgentMain.WRONG_USAGE;
      }
      OptionalLong running = RunningAgent.of(config.data());
      int code =
          print(
              sensor.get(),
              running.isPresent()
                  ? asked(sensor.get(), config.data(), running.getAsLong())
                  : read(sensor.get()));
      show(pictures);
      return code;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return AgentMain.WRONG_CONFIGURATION;
    }
  }

  private Optional<AgentConfig.Sensor> sensor(AgentConfig config) {
    return Optional.ofNullable(config.sensors().get(name))
        .or(
            () ->
                config.sensors().values().stream()
                    .filter(sensor -> sensor.signals().stream().anyMatch(this::isNamed))
                    .findFirst());
  }

  private boolean isNamed(Signal signal) {
    return name.equals(signal.name()) || name.equals(signal.machine() + '/' + signal.name());
  }

  /** Of the signal that was named, or of all of the sensor. */
  private List<Picture> pictures(AgentConfig.Sensor sensor, Path data) {
    boolean all = sensor.refinements().keySet().stream().noneMatch(this::isNamed);
    Lessons lessons = new Lessons(data.resolve(Lessons.FOLDER));
    List<Picture> pictures = new ArrayList<>();
    sensor
        .refinements()
        .forEach(
            (signal, refinement) -> {
              if (refinement.states().isPresent() && (all || isNamed(signal))) {
                lessons.find(signal).ifPresent(it -> pictures.add(new Picture(signal, it)));
              }
            });
    return pictures;
  }

  private void show(List<Picture> pictures) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Picture picture : pictures) {
      out.printf("%n%s", picture.text());
      if (svg.isPresent()) {
        Files.writeString(svg.get(), picture.svg());
        out.printf("drawn in %s%n", svg.get());
      }
    }
    out.flush();
  }

  private List<Finding> asked(AgentConfig.Sensor sensor, Path data, long pid) throws IOException {
    Path folder = status.isPresent() ? status.get() : newer(data, SYSTEMD);
    spec.commandLine().getOut().printf("%s, by the agent (process %d)%n", sensor.name(), pid);
    StatusText told = StatusText.read(folder.resolve("status.json"));
    List<Finding> findings =
        new ArrayList<>(
            told.findings(sensor.name())
                .orElse(
                    List.of(
                        Finding.look(
                            "the agent was started with another configuration, without this"
                                + " sensor: restart it"))));
    findings.add(told.clock());
    return findings;
  }

  private static Path newer(Path one, Path other) throws IOException {
    return written(other).isAfter(written(one)) ? other : one;
  }

  private static Instant written(Path folder) throws IOException {
    Path file = folder.resolve("status.json");
    return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.MIN;
  }

  private List<Finding> read(AgentConfig.Sensor sensor) {
    DryRunOptions.quietly();
    spec.commandLine()
        .getOut()
        .printf("%s, read here for %d s: no agent is running%n", sensor.name(), time.toSeconds());
    spec.commandLine().getOut().flush();
    try (DryRun run = new DryRun(List.of(sensor), (signal, sample) -> {})) {
      run.await(time, () -> false);
      run.halt();
      List<Finding> findings = new ArrayList<>(run.findings(sensor.name()));
      findings.add(
          new KernelClock().isSynchronised()
              ? Finding.fine("the board's clock is kept by a time service")
              : Finding.look(
                  "no time service keeps the board's clock: an agent asks its server for the time"
                      + " until one does"));
      return findings;
    }
  }

  private int print(AgentConfig.Sensor sensor, List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf("  %s %s%n", finding.fine() ? " " : "!", finding.words());
    }
    boolean fine = findings.stream().allMatch(Finding::fine);
    if (fine) {
      out.printf("Nothing to look at with %s.%n", sensor.name());
    }
    out.flush();
    return fine ? 0 : 1;
  }
}
