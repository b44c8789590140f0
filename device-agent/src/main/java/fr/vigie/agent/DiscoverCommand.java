package fr.vigie.agent;

import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.discover.Discovery;
import fr.vigie.agent.discover.Found;
import fr.vigie.agent.discover.I2cInterview;
import fr.vigie.agent.discover.Interview;
import fr.vigie.agent.driver.DriverType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what is connected to this board, as a proposal for a configuration. */
@Command(
    name = "discover",
    description = {
      "Tells what is connected to this board: serial ports, chips on 1-Wire, I2C buses.",
      "Opens no port and writes to no bus, unless asked to. What it prints is a first agent.yaml: notes",
      "are comments, and what only you know stands in CAPITALS in lines that are commented",
      "out. As root it also sees which process of another user has a port open."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agent discover",
      "  sudo agent discover > agent.yaml",
      "  agent discover --ask /dev/ttyUSB0               a Linky meter? Modbus units 1 to 10?",
      "  agent discover --ask /dev/ttyUSB0 --units 247   all of them, some minutes",
      "  agent discover --ask /dev/i2c-1                 a BME280? an ADS1115?",
      "",
      "Exit codes: 0 done, 1 the port or bus cannot be opened, 64 wrong usage."
    })
final class DiscoverCommand implements Callable<Integer> {
  private static final int MOST_UNITS = 247;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      hidden = true,
      description = "another root of the file system, for tests")
  private Path root = Path.of("/");

  @Option(
      names = "--ask",
      paramLabel = "PORT",
      description = {
        "finds out what is behind one serial port that nobody uses: listens for a",
        "Linky meter, then asks for Modbus units; or on one I2C bus: asks for the chips",
        "that Vigie reads. The questions only read"
      })
  private Optional<Path> asked = Optional.empty();

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "10",
      description = "with --ask: Modbus units from 1 to N, at most 247 (default: ${DEFAULT-VALUE})")
  private int units = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (units < 1 || units > MOST_UNITS) {
      throw new ParameterException(
          spec.commandLine(), "--units: found " + units + ", wanted 1 to " + MOST_UNITS);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Found.Proposal> proposals = new ArrayList<>();
    if (asked.isPresent()) {
      return ask(asked.get(), proposals, out);
    }
    out.println(
        "# What is connected here. Remove the # before what you want to use, and put what you");
    out.println("# know in place of words in CAPITALS. Then: agent check --config agent.yaml");
    for (Discovery discovery : ServiceLoader.load(Discovery.class)) {
      try {
        for (Found found : discovery.look(root)) {
          out.printf(
              "# %s: %s%s%n",
              discovery.bus(), found.place().isEmpty() ? "" : found.place() + ": ", found.words());
          found.proposal().ifPresent(proposals::add);
        }
      } catch (IOException e) {
        out.printf("# %s: cannot be asked: %s%n", discovery.bus(), e.getMessage());
      }
    }
    propose(proposals, out);
    out.flush();
    return 0;
  }

  private int ask(Path port, List<Found.Proposal> proposals, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress =
        words -> {
          err.println(words + "…");
          err.flush();
        };
    try {
      for (Found found :
          I2cInterview.isBus(port)
              ? I2cInterview.of(port, progress).conduct()
              : serial(port, progress).conduct(units)) {
        out.printf("# %s: %s%n", found.place(), found.words());
        found.proposal().ifPresent(proposals::add);
      }
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
    propose(proposals, out);
    out.flush();
    return 0;
  }

  private static Interview serial(Path port, Consumer<String> progress) {
    return new Interview(
        port.toString(),
        (baud, framing) -> SerialBus.open(port, baud, framing, false),
        System::nanoTime,
        LockSupport::parkNanos,
        progress);
  }

  private static void propose(List<Found.Proposal> proposals, PrintWriter out) {
    Set<String> installed = new HashSet<>();
    ServiceLoader.load(DriverType.class).forEach(type -> installed.add(type.name()));
    out.println();
    out.println("site: my-site");
    out.println("agent: my-board");
    out.println("broker: tcp://127.0.0.1:1883    # where the server or its broker is");
    out.println("data: /var/lib/vigie");
    out.println("sensors:");
    for (Found.Proposal proposal : proposals) {
      if (installed.contains(proposal.driver())) {
        String before = proposal.complete() ? "  " : "  # ";
        out.println(before + proposal.sensor() + ':');
        out.println(before + "  driver: " + proposal.driver());
        proposal.keys().forEach(key -> out.println(before + "  " + key));
      }
    }
  }
}
