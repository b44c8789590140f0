package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigException;
import fr.vigie.agent.health.SensorStatus;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Opens and reads every sensor of a configuration once. */
@Command(
    name = "check",
    description = {
      "Reads every sensor of a configuration on its real bus, and says of each what it",
      "gave, or what is wrong and what to do. Nothing is sent and nothing is kept.",
      "Ends as soon as every signal has given a value."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agent check --config agent.yaml",
      "  agent check --config agent.yaml --for 1m     for devices that seldom speak",
      "",
      "`agent --config FILE --check` looks at the file only, and touches no device.",
      "",
      "Exit codes: 0 every sensor gave something, 1 one did not, or an agent is running,",
      "64 wrong usage, 78 wrong configuration."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private DryRunOptions options = new DryRunOptions();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DryRunOptions.Time.class,
      description = "how long to wait for values, such as 10s or 1m (default: ${DEFAULT-VALUE})")
  private Duration time = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<Signal, Sample> last = new ConcurrentHashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      AgentConfig config = options.read();
      OptionalLong running = RunningAgent.of(config.data());
      if (running.isPresent()) {
        err.println(RunningAgent.inTheWay(config.data(), running.getAsLong()));
        return 1;
      }
      DryRunOptions.quietly();
      return check(List.copyOf(config.sensors().values()), out) ? 0 : 1;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return AgentMain.WRONG_CONFIGURATION;
    }
  }

  private boolean check(List<AgentConfig.Sensor> sensors, PrintWriter out) {
    int expected = sensors.stream().mapToInt(sensor -> sensor.signals().size()).sum();
    boolean good = true;
    try (DryRun run = new DryRun(sensors, last::put)) {
      run.await(time, () -> last.size() == expected);
      for (AgentConfig.Sensor sensor : sensors) {
        SensorStatus status = run.status(sensor.name());
        boolean gave = sensor.signals().stream().anyMatch(last::containsKey);
        good &= gave;
        out.printf(
            "%-5s  %-12s  %s%n",
            gave ? "ok" : "wrong",
            sensor.name(),
            gave ? values(sensor, status, run) : wrong(status, run));
      }
    }
    out.flush();
    return good;
  }

  private String values(AgentConfig.Sensor sensor, SensorStatus status, DryRun run) {
    String given =
        sensor.signals().stream()
            .flatMap(
                signal ->
                    Optional.ofNullable(last.get(signal))
                        .map(sample -> words(signal, sample))
                        .stream())
            .collect(Collectors.joining(", "));
    String silent =
        sensor.signals().stream()
            .filter(signal -> !last.containsKey(signal))
            .map(Signal::name)
            .collect(Collectors.joining(", "));
    return given
        + (silent.isEmpty() ? "" : "; nothing yet of " + silent)
        + (status.rejected() == 0
            ? ""
            : "; "
                + status.rejected()
                + " refused, the last: "
                + run.lastRejection(status.sensor()));
  }

  static String words(Signal signal, Sample sample) {
    String unit = signal.unit().isEmpty() ? "" : " " + signal.unit();
    return signal.name() + " = " + sample.value() + unit;
  }

  private String wrong(SensorStatus status, DryRun run) {
    if (!status.problem().isEmpty()) {
      return status.problem();
    }
    if (status.rejected() > 0) {
      return status.rejected()
          + " refused and none good, the last: "
          + run.lastRejection(status.sensor());
    }
    return status.read() > 0
        ? status.read()
            + " came, and no signal among them in "
            + time.toSeconds()
            + " s, "
            + status.ignored()
            + " values under keys that none asks for: does the configuration name what the device"
            + " sends?"
        : "it is open, and nothing came in "
            + time.toSeconds()
            + " s: is it switched on and sending, at the right speed? If it seldom speaks, give"
            + " more time with --for";
  }
}
