package fr.vigie.example.trial;

import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of the agent that reads the workshop. Without deadbands: every value counts.
 */
final class AgentFile {
  private static final String TEMPLATE =
      """
      site: %s
      agent: workshop
      broker: %s
      data: %s
      %s
      sensors:
        %s:
          machine: %s
          driver: firmware
          port: %s
          signals:
            current: {kind: gauge, unit: A}
            parts: {kind: counter}
            scrap: {kind: counter}
            state: {kind: state}
        %s:
          machine: %s
          driver: serial-line
          port: %s
          baud: 115200
          format: key-value
          time: t
          sequence: n
          signals:
            state: {kind: state}
            count: {kind: counter}
            scrap: {kind: counter}
            temp: {kind: gauge, unit: Cel}
            level: {kind: gauge, unit: L}
            speed: {kind: gauge, unit: "/min"}
      """;

  private AgentFile() {}

  /**
   * @param keys further lines
   */
  static void write(Path file, String site, String broker, Path data, String keys, Path lines)
      throws IOException {
    Files.writeString(
        file,
        String.format(
            TEMPLATE,
            site,
            broker,
            data,
            keys,
            Workshop.PRESS_SENSOR,
            Workshop.PRESS,
            lines.resolve(Workshop.PRESS),
            Workshop.FILLER_SENSOR,
            Workshop.FILLER,
            lines.resolve(Workshop.FILLER)));
  }
}
