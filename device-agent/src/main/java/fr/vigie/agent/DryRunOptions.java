package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.config.ConfigException;
import fr.vigie.agent.config.ConfigReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that all commands have that read devices without an agent. */
final class DryRunOptions {
  private static final Logger LOG = Logger.getLogger("fr.vigie");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "the configuration (default: ${DEFAULT-VALUE})",
      defaultValue = "agent.yaml")
  private Path config = Path.of("agent.yaml");

  AgentConfig read() throws ConfigException {
    return ConfigReader.read(config);
  }

  /** What the log would say is part of what these commands print. */
  static void quietly() {
    LOG.setLevel(Level.SEVERE);
  }

  /** Durations as the configuration writes them. */
  static final class Time implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return ConfigReader.duration(text)
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "found '" + text + "', wanted a duration such as 500ms, 10s or 5m"));
    }
  }
}
