package fr.vigie.agent;

import fr.vigie.agent.discover.Discovery;
import fr.vigie.agent.discover.Found;
import fr.vigie.agent.driver.DriverType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what is connected to this board, as a proposal for a configuration. */
@Command(
    name = "discover",
    description = {
      "Tells what is connected to this board: serial ports, chips on 1-Wire, I2C buses.",
      "Opens no port and writes to no bus. What it prints is a first agent.yaml: notes",
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
      "",
      "Exit codes: 0 done, 64 wrong usage."
    })
final class DiscoverCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      hidden = true,
      description = "another root of the file system, for tests")
  private Path root = Path.of("/");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Found.Proposal> proposals = new ArrayList<>();
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
