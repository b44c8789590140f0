package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigException;
import fr.vigie.agent.health.SensorStatus;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Shows what the sensors of a configuration say, as it comes. */
@Command(
    name = "watch",
    description = {
      "Shows live what the sensors of a configuration say, until Ctrl-C. Reads the devices",
      "itself, sends nothing and keeps nothing. In a terminal it is a table that follows;",
      "elsewhere one line a value. What a running agent sends is shown by `tail`."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agent watch --config agent.yaml",
      "  agent watch --config agent.yaml --for 10s --json > values.jsonl",
      "",
      "Exit codes: 0 ended, 1 an agent is running, 64 wrong usage, 78 wrong configuration."
    })
final class WatchCommand implements Callable<Integer> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  @Mixin private DryRunOptions options = new DryRunOptions();

  @Option(names = "--json", description = "one JSON object a value, a line each")
  private boolean json;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "366d",
      converter = DryRunOptions.Time.class,
      description = "end after this time, such as 10s or 1m (default: never)")
  private Duration time = Duration.ofDays(366);

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<Signal, Sample> last = new ConcurrentHashMap<>();
  private final Map<Signal, Long> counts = new ConcurrentHashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      AgentConfig config = options.read();
      OptionalLong running = RunningAgent.of(config.data());
      if (running.isPresent()) {
        err.println(RunningAgent.inTheWay(config.data(), running.getAsLong()));
        err.println("What it sends is shown by `tail --broker " + config.link().broker() + "`");
        return 1;
      }
      DryRunOptions.quietly();
      List<AgentConfig.Sensor> sensors = List.copyOf(config.sensors().values());
      if (!json && System.console() != null) {
        table(sensors, out);
      } else {
        lines(sensors, out, err);
      }
      return 0;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return AgentMain.WRONG_CONFIGURATION;
    }
  }

  private void lines(List<AgentConfig.Sensor> sensors, PrintWriter out, PrintWriter err) {
    Map<String, String> told = new ConcurrentHashMap<>();
    try (DryRun run = new DryRun(sensors, (signal, sample) -> line(out, signal, sample))) {
      run.await(
          time,
          () -> {
            for (AgentConfig.Sensor sensor : sensors) {
              String problem = run.status(sensor.name()).problem();
              if (!problem.equals(told.put(sensor.name(), problem)) && !problem.isEmpty()) {
                err.printf("%s: %s%n", sensor.name(), problem);
                err.flush();
              }
            }
            return out.checkError();
          });
    }
  }

  private synchronized void line(PrintWriter out, Signal signal, Sample sample) {
    out.println(json ? object(signal, sample) : sample.time() + " " + words(signal, sample));
    out.flush();
  }

  private static String words(Signal signal, Sample sample) {
    return signal.machine() + '/' + CheckCommand.words(signal, sample);
  }

  private static String object(Signal signal, Sample sample) {
    StringWriter text = new StringWriter();
    try (JsonGenerator object = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      object.writeStartObject();
      object.writeStringProperty("time", sample.time().toString());
      object.writeStringProperty("machine", signal.machine());
      object.writeStringProperty("signal", signal.name());
      if (sample.value() instanceof Value.Number value) {
        object.writeNumberProperty("value", value.number());
      } else if (sample.value() instanceof Value.Text value) {
        object.writeStringProperty("value", value.text());
      } else {
        object.writeNullProperty("value");
      }
      object.writeStringProperty("unit", signal.unit());
      object.writeStringProperty("quality", sample.quality().name());
      object.writeEndObject();
    }
    return text.toString();
  }

  private void table(List<AgentConfig.Sensor> sensors, PrintWriter out) {
    long[] drawn = {System.nanoTime() - REDRAW.toNanos()};
    try (DryRun run = new DryRun(sensors, this::keep)) {
      run.await(
          time,
          () -> {
            if (System.nanoTime() - drawn[0] >= REDRAW.toNanos()) {
              drawn[0] = System.nanoTime();
              out.print(HOME_AND_CLEAR + text(sensors, run, InstantSource.system().instant()));
              out.flush();
            }
            return out.checkError();
          });
    }
  }

  private void keep(Signal signal, Sample sample) {
    last.put(signal, sample);
    counts.merge(signal, 1L, Long::sum);
  }

  private String text(List<AgentConfig.Sensor> sensors, DryRun run, Instant now) {
    StringBuilder text = new StringBuilder();
    for (AgentConfig.Sensor sensor : sensors) {
      SensorStatus status = run.status(sensor.name());
      text.append(
          String.format(
              "%s: %,d read, %,d refused", sensor.name(), status.read(), status.rejected()));
      text.append(status.problem().isEmpty() ? "\n" : "  ! " + status.problem() + '\n');
      for (Signal signal : sensor.signals()) {
        Sample sample = last.get(signal);
        text.append(
            sample == null
                ? String.format("  %-48s%n", signal.name())
                : String.format(
                    "  %-48s %,6d values, the last %d s ago%n",
                    CheckCommand.words(signal, sample),
                    counts.getOrDefault(signal, 0L),
                    Math.max(0, Duration.between(sample.time(), now).toSeconds())));
      }
    }
    return text.toString();
  }
}
