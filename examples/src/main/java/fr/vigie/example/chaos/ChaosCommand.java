package fr.vigie.example.chaos;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.TemporaryFolder;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills at random what it started itself, and says whether a value went missing. */
@Command(
    name = "chaos",
    description = {
      "Runs a simulated workshop while agent, server and broker are killed at random and",
      "started again, then compares every value that was said with what is stored."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The broker is a Mosquitto of its own when one is installed, and forgets everything at",
      "each kill; otherwise it is the server's, and dies with it.",
      "",
      "Exit codes: 0 nothing missing, duplicated or corrupted, 1 otherwise, 64 wrong usage."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofMinutes(5);

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "how many (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int kills = 10;

  @Option(names = "--seed", paramLabel = "N", description = "of kills and machines")
  private @Nullable Long seed;

  @Option(names = "--data", paramLabel = "FOLDER", description = "keep everything here")
  private @Nullable Path data;

  @Spec private @Nullable CommandSpec spec;

  /** Who is killed. */
  private enum Victim {
    AGENT,
    SERVER,
    BROKER
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    long drawn = seed == null ? new Random().nextLong() : seed;
    out.println("seed " + drawn);
    out.flush();
    Home home = Home.find();
    try (OnExit exit = new OnExit()) {
      Path folder = data == null ? exit.add(TemporaryFolder.create("vigie-chaos")).path() : data;
      folder = folder.toAbsolutePath();
      exit.add(home);
      Optional<Mosquitto> broker = broker(home, folder, exit);
      String address = broker.map(Mosquitto::address).orElse("embedded");
      Server.Settings settings = new Server.Settings(Trial.SITE, 0, 0, address);
      Trial trial = exit.add(Trial.start(home, folder, settings, InstantSource.system(), drawn));
      Random random = new Random(drawn);
      for (int kill = 1; kill <= kills; kill++) {
        pause(random, 500, 6_000);
        Victim victim = victim(random, broker.isPresent());
        out.printf("%d/%d kill -9 %s%n", kill, kills, victim);
        out.flush();
        strike(victim, trial, broker, random);
      }
      pause(random, 2_000, 4_000);
      trial.drain(DRAIN);
      return conclude(trial.check(), drawn, out);
    }
  }

  private static Optional<Mosquitto> broker(Home home, Path folder, OnExit exit)
      throws IOException, InterruptedException {
    Optional<Path> program = Mosquitto.installed();
    return program.isPresent()
        ? Optional.of(exit.add(Mosquitto.start(home, program.get(), folder.resolve("broker"))))
        : Optional.empty();
  }

  private static Victim victim(Random random, boolean brokerToo) {
    List<Victim> victims = new ArrayList<>(List.of(Victim.AGENT, Victim.SERVER));
    if (brokerToo) {
      victims.add(Victim.BROKER);
    }
    return victims.get(random.nextInt(victims.size()));
  }

  private static void strike(Victim victim, Trial trial, Optional<Mosquitto> broker, Random random)
      throws IOException, InterruptedException {
    switch (victim) {
      case AGENT -> {
        trial.agent().kill();
        pause(random, 0, 3_000);
        trial.restartAgent();
      }
      case SERVER -> {
        trial.server().child().kill();
        pause(random, 0, 3_000);
        trial.restartServer();
      }
      case BROKER -> {
        Mosquitto struck = broker.orElseThrow();
        struck.kill();
        pause(random, 0, 3_000);
        struck.restart();
      }
    }
  }

  private static void pause(Random random, int least, int most)
      throws IOException, InterruptedException {
    Waiting.until(Duration.ofMillis(least + random.nextInt(most - least)), () -> false);
  }

  private static int conclude(Report report, long seed, PrintWriter out) {
    Finding total = report.total();
    out.println(report);
    out.printf(
        "missing %d, duplicated %d, corrupted %d, misplaced %d, declared %d, messages declared"
            + " too many %d (seed %d)%n",
        total.missing(),
        total.duplicated(),
        total.corrupted(),
        total.misplaced(),
        total.declared(),
        report.excess().values().stream().mapToLong(Long::longValue).sum(),
        seed);
    out.flush();
    return report.total().isClean() ? 0 : 1;
  }
}
