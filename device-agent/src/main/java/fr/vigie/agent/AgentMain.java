package fr.vigie.agent;

import fr.vigie.agent.bus.UsbPorts;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigException;
import fr.vigie.agent.config.ConfigReader;
import fr.vigie.host.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The agent's command line. */
@Command(
    name = "agent",
    description = {
      "Reads the machines of a configuration file and publishes what they say,",
      "until it is stopped. What no server has acknowledged waits on the disk."
    },
    mixinStandardHelpOptions = true,
    versionProvider = AgentMain.AgentVersion.class,
    subcommands = {
      CheckCommand.class,
      WatchCommand.class,
      DiscoverCommand.class,
      DoctorCommand.class,
      StatusCommand.class,
      ResetIdentityCommand.class,
      Tail.class
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agent --config /etc/vigie/agent.yaml",
      "  agent --config agent.yaml --check    reads the file, opens no device",
      "  agent discover > agent.yaml          what is connected here, as a first configuration",
      "  agent check --config agent.yaml      reads every device once, sends nothing",
      "  agent status --data /var/lib/vigie",
      "  agent reset-identity --data /var/lib/vigie    on a copy of another agent's folder",
      "",
      "Exit codes: 0 stopped in order, 1 failed, 64 wrong usage, 78 wrong configuration."
    })
public final class AgentMain implements Runnable {
  static final int WRONG_USAGE = 64;
  static final int WRONG_CONFIGURATION = 78;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "the configuration (default: ${DEFAULT-VALUE})",
      defaultValue = "agent.yaml")
  private Path config = Path.of("agent.yaml");

  @Option(names = "--check", description = "only say whether the configuration is right")
  private boolean check;

  @Spec private CommandSpec spec = CommandSpec.create();

  private int exit;

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    logPlainly();
    AgentMain main = new AgentMain();
    CommandLine line = new CommandLine(main);
    line.getCommandSpec().exitCodeOnInvalidInput(WRONG_USAGE);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    int code = line.execute(arguments);
    return code != 0 ? code : main.exit;
  }

  @Override
  public void run() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      AgentConfig read = ConfigReader.read(config);
      if (check) {
        spec.commandLine()
            .getOut()
            .printf("%s is right: %d sensors%n", config, read.sensors().size());
        portAdvice(read).forEach(spec.commandLine().getOut()::println);
        return;
      }
      watch(read);
    } catch (ConfigException e) {
      err.println(e.getMessage());
      exit = WRONG_CONFIGURATION;
    } catch (IOException e) {
      err.println("the agent cannot start: " + e.getMessage());
      exit = 1;
    }
    err.flush();
  }

  private static List<String> portAdvice(AgentConfig config) {
    UsbPorts ports = UsbPorts.ofThisBoard();
    return config.sensors().values().stream()
        .flatMap(
            sensor ->
                ports
                    .advice(Path.of(sensor.driver().place().device()))
                    .map(advice -> sensor.name() + ": " + advice)
                    .stream())
        .toList();
  }

  private static void watch(AgentConfig config) throws IOException {
    Logger log = LoggerFactory.getLogger(AgentMain.class);
    log.info(
        "{} {}/{}: {} sensors, broker {}, data in {}",
        Version.text(),
        config.site(),
        config.agent(),
        config.sensors().size(),
        config.link().broker(),
        config.data());
    portAdvice(config).forEach(log::warn);
    Agent agent =
        Agent.start(
            config,
            statusFolder(config),
            Supervisor.of(System.getenv(), ProcessHandle.current().pid()),
            () -> Runtime.getRuntime().halt(1));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    agent.close();
                  } catch (IOException e) {
                    log.error("not stopped in order: {}", e.getMessage());
                  }
                  stopped.countDown();
                },
                "stop"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void logPlainly() {
    try (InputStream form = AgentMain.class.getResourceAsStream("/logging.properties")) {
      if (form != null && System.getProperty("java.util.logging.config.file") == null) {
        LogManager.getLogManager().readConfiguration(form);
      }
    } catch (IOException e) {
      System.err.println("the form of the log cannot be set: " + e.getMessage());
    }
  }

  /** In memory where systemd offers a place, so that the SD card is spared. */
  private static Path statusFolder(AgentConfig config) {
    return Optional.ofNullable(System.getenv("RUNTIME_DIRECTORY"))
        .map(Path::of)
        .filter(Files::isDirectory)
        .orElse(config.data());
  }

  static final class AgentVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.text()};
    }
  }
}
