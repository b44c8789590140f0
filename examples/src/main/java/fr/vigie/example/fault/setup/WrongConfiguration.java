package fr.vigie.example.fault.setup;

import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** F29: the agent's configuration has mistakes, or was written by half. */
public final class WrongConfiguration implements Fault {
  private static final int RIGHT = 0;
  private static final int WRONG = 78;
  private static final String TEXT =
      """
      site: demo
      agent: workshop
      broker: tcp://127.0.0.1:1883
      data: /tmp/vigie-fault-never-made
      sensors:
        plc:
          machine: filler
          driver: serial-line
          port: /dev/ttyUSB0
          baud: 9600
          format: key-value
          signals:
            state: {kind: state}
            temp: {kind: gauge, unit: Cel}
      """;

  /** What is replaced by what, and the line that must be named. */
  private static final Map<String, String> MISTAKES =
      Map.of(
          "broker: tcp:", "broker: http:",
          "agent: workshop", "agent: work shop",
          "port: /dev/ttyUSB0", "port: ttyUSB0",
          "kind: gauge", "kind: guage",
          "baud: 9600", "boud: 9600");

  @Override
  public Sheet sheet() {
    return Sheet.of(
            29,
            "wrong configuration",
            "A mistake is refused with its line, what was found and what is wanted, all at once,"
                + " before any device is touched; half a file never starts anything wrong.")
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Path log = stage.folder().resolve("log");
    String wrong = TEXT;
    for (Map.Entry<String, String> mistake : MISTAKES.entrySet()) {
      wrong = wrong.replace(mistake.getKey(), mistake.getValue());
    }
    stage.expect(code(stage, wrong, log) == WRONG, "mistakes were not refused");
    List<String> said = Files.readAllLines(log);
    for (String mistake : MISTAKES.values()) {
      int number = 1 + Arrays.asList(wrong.split("\n")).indexOf(lineWith(wrong, mistake));
      stage.expect(
          said.stream().anyMatch(line -> line.contains("agent.yaml:" + number + " ")),
          "no word of line %d, %s",
          number,
          mistake);
    }
    stage.saw(said.stream().filter(line -> line.contains("agent.yaml:")).findFirst());
    byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
    int cuts = stage.often(3, 25);
    int refused = 0;
    for (int cut = 0; cut < cuts; cut++) {
      int length = stage.random().nextInt(1, whole.length - 60);
      String half = new String(whole, 0, length, StandardCharsets.UTF_8);
      int code = code(stage, half, log);
      refused += code == WRONG ? 1 : 0;
      stage.expect(
          code == WRONG || code == RIGHT, "the first %d bytes ended with code %d", length, code);
    }
    stage.did(
        "%d mistakes in one file, all told; %d half files, %d refused",
        MISTAKES.size(), cuts, refused);
    stage.expect(
        !Files.exists(Path.of("/tmp/vigie-fault-never-made")),
        "a data folder was made all the same");
  }

  private static String lineWith(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElse("");
  }

  private static int code(Stage stage, String text, Path log)
      throws IOException, InterruptedException {
    Path file = Files.writeString(stage.folder().resolve("agent.yaml"), text);
    Child agent =
        stage.home().agent(List.of("--config", file.toString(), "--check"), log, Launch.PLAIN);
    OptionalInt code = agent.awaitEnd(Duration.ofSeconds(60));
    if (code.isEmpty()) {
      throw new IOException("agent --check does not end");
    }
    return code.getAsInt();
  }
}
