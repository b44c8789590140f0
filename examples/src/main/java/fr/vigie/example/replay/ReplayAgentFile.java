package fr.vigie.example.replay;

import fr.vigie.example.machine.MachineFile;
import java.nio.file.Path;
import java.util.Locale;

/** The configuration of the agent that reads one log. */
final class ReplayAgentFile {
  static final String SENSOR = "log";

  private ReplayAgentFile() {}

  static String text(
      MachineFile machine, String name, String site, String broker, Path data, Path port) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("site: ").append(site).append('\n');
    yaml.append("agent: ").append(name).append('\n');
    yaml.append("broker: ").append(broker).append('\n');
    yaml.append("data: ").append(quoted(data.toString())).append("\n\n");
    yaml.append("sensors:\n  ").append(SENSOR).append(":\n");
    yaml.append("    machine: ").append(name).append('\n');
    yaml.append("    driver: serial-line\n");
    yaml.append("    port: ").append(quoted(port.toString())).append('\n');
    yaml.append("    baud: 115200\n");
    yaml.append("    format: shdr\n");
    if (!machine.conditions().isEmpty()) {
      yaml.append("    conditions: [");
      yaml.append(
          String.join(", ", machine.conditions().stream().map(ReplayAgentFile::quoted).toList()));
      yaml.append("]\n");
    }
    yaml.append("    signals:\n");
    machine
        .signals()
        .forEach(
            (key, signal) -> {
              yaml.append("      ").append(quoted(key)).append(": {kind: ");
              yaml.append(signal.kind().name().toLowerCase(Locale.ROOT));
              yaml.append(", from: ").append(quoted(key));
              if (!signal.unit().isEmpty()) {
                yaml.append(", unit: ").append(quoted(signal.unit()));
              }
              yaml.append("}\n");
            });
    return yaml.toString();
  }

  private static String quoted(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
