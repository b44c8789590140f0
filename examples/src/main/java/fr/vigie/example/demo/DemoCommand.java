package fr.vigie.example.demo;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.TemporaryFolder;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * Shows the workshop until Ctrl-C, or for some seconds and then says what became of every value.
 */
@Command(
    name = "demo",
    description = {
      "Starts a simulated workshop of two machines, an agent that reads them over",
      "pseudo-terminals, and a server, and prints the address of its page."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "With --seconds N --headless it ends by itself, after a check of every value that the",
      "machines said against every value that is stored; the last line is JSON.",
      "",
      "Exit codes: 0 nothing lost or duplicated, 1 otherwise, 64 wrong usage."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int PAGE_PORT = 8080;
  private static final int MQTT_PORT = 1883;
  private static final Duration DRAIN = Duration.ofMinutes(2);

  @Option(names = "--seconds", paramLabel = "N", description = "end after this time")
  private @Nullable Integer seconds;

  @Option(
      names = "--headless",
      description = "for machines: any free ports, and a line of JSON at the end")
  private boolean headless;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "keep everything here (default: a temporary folder, deleted at the end)")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what the machines do (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed = 1;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (seconds != null && seconds < 1) {
      throw new ParameterException(
          command.commandLine(), "--seconds: found " + seconds + ", wanted 1 or more");
    }
    PrintWriter out = command.commandLine().getOut();
    InstantSource clock = InstantSource.system();
    Instant launched = clock.instant();
    Home home = Home.find();
    try (OnExit exit = new OnExit()) {
      Path folder = data == null ? exit.add(TemporaryFolder.create("vigie-demo")).path() : data;
      exit.add(home);
      say(out, "Starting a server, an agent and two machines, seed %d, in %s", seed, folder);
      Trial trial = exit.add(Trial.start(home, folder.toAbsolutePath(), settings(), clock, seed));
      say(out, "The page: %s", trial.server().page());
      String first = timeToFirstValue(trial, launched, clock);
      say(out, "First value on the page %s after the start", first);
      if (seconds == null) {
        say(out, "Ctrl-C ends everything.");
      }
      watch(trial, clock, out);
      return seconds == null ? 0 : conclude(trial, clock, out);
    }
  }

  private Server.Settings settings() {
    return headless
        ? new Server.Settings(Trial.SITE, 0, 0, "embedded")
        : new Server.Settings(Trial.SITE, ifFree(PAGE_PORT), ifFree(MQTT_PORT), "embedded");
  }

  private static int ifFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String timeToFirstValue(Trial trial, Instant launched, InstantSource clock)
      throws IOException, InterruptedException {
    RestApi api = trial.server().api();
    boolean seen =
        Waiting.until(
            Duration.ofSeconds(30),
            () -> {
              trial.mustRun();
              return shows(api, trial);
            });
    Duration time = Duration.between(launched, clock.instant());
    return seen ? String.format("%.1f s", time.toMillis() / 1000.0) : "not seen 30 s";
  }

  private static boolean shows(RestApi api, Trial trial) throws IOException {
    try {
      for (String machine : trial.machines()) {
        if (!api.live(machine).path("lastData").isString()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns when the time is over; without one, only an interruption or a failure ends it. */
  private void watch(Trial trial, InstantSource clock, PrintWriter out)
      throws IOException, InterruptedException {
    Instant end = seconds == null ? Instant.MAX : clock.instant().plusSeconds(seconds);
    Duration pace = seconds == null ? Duration.ofMinutes(1) : Duration.ofSeconds(10);
    while (clock.instant().isBefore(end)) {
      Instant next = clock.instant().plus(pace);
      Instant until = next.isBefore(end) ? next : end;
      Waiting.until(
          pace,
          () -> {
            trial.mustRun();
            return !clock.instant().isBefore(until);
          });
      for (String machine : trial.machines()) {
        JsonNode live = trial.server().api().live(machine);
        say(
            out,
            "%s  %-8s %-10s %6d parts, %d scrap",
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            machine,
            live.path("state").asString(""),
            live.path("parts").asLong(),
            live.path("scrap").asLong());
      }
    }
  }

  private static int conclude(Trial trial, InstantSource clock, PrintWriter out)
      throws IOException, InterruptedException {
    long agentMegabytes = trial.agent().residentBytes() >> 20;
    long serverMegabytes = trial.server().child().residentBytes() >> 20;
    Instant end = clock.instant();
    trial.drain(DRAIN);
    Report report = trial.check();
    Map<String, OptionalDouble> trs = new LinkedHashMap<>();
    for (String machine : trial.machines()) {
      trs.put(machine, trs(trial.server().api().figures(machine, trial.begun(), end)));
    }
    say(out, "%s", report);
    say(out, "Memory: agent %d MB, server %d MB", agentMegabytes, serverMegabytes);
    say(out, "%s", DemoLine.of(report, trs));
    Finding total = report.total();
    return report.isClean() && DemoLine.lost(total) == 0 ? 0 : 1;
  }

  private static OptionalDouble trs(JsonNode figures) {
    JsonNode ratio = figures.path("TRS").path("ratio");
    return ratio.isNumber() ? OptionalDouble.of(ratio.asDouble()) : OptionalDouble.empty();
  }

  private static void say(PrintWriter out, String format, Object... arguments) {
    out.printf(format + "%n", arguments);
    out.flush();
  }
}
