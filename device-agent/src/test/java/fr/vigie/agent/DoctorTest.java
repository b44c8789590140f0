package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {
  /** Twelve hours at each of two values. */
  private static final String LEARNED =
      """
      vigie-states 1
      from 2026-11-24T08:00:00Z
      until 2026-11-25T08:00:00Z
      name off
      name working
      threshold 1.25
      load 401 43200000000000
      load 701 43200000000000
      """;

  @TempDir Path folder;
  private String err = "";

  @BeforeEach
  void anAgentThatHasLearned() throws IOException {
    Path learned = Files.createDirectories(folder.resolve("data/learned/press-1"));
    Files.writeString(learned.resolve("current.states"), LEARNED);
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: atelier
        agent: pi
        broker: tcp://127.0.0.1:1
        data: %s
        sensors:
          press:
            machine: press-1
            driver: serial-line
            port: %s
            format: key-value
            signals:
              current: {kind: gauge, unit: A, states: {learn: 24h, names: [off, working]}}
              oil: {kind: gauge, unit: Cel}
        """
            .formatted(folder.resolve("data"), folder.resolve("no-port")));
  }

  private String doctor(int expected, String... more) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    String[] arguments = new String[more.length + 4];
    System.arraycopy(more, 0, arguments, 0, more.length);
    arguments[more.length] = "--config";
    arguments[more.length + 1] = folder.resolve("agent.yaml").toString();
    arguments[more.length + 2] = "--for";
    arguments[more.length + 3] = "1ms";
    CommandLine line =
        new CommandLine(new DoctorCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(errors, true));
    line.getCommandSpec().exitCodeOnInvalidInput(AgentMain.WRONG_USAGE);
    int code = line.execute(arguments);
    err = errors.toString();
    assertThat(code).as("%s%n%s", out, err).isEqualTo(expected);
    return out.toString();
  }

  @Test
  void whyStatesAreToldApartAsTheyAreIsShown() {
    assertThat(doctor(1, "current"))
        .contains("press-1/current: 24.0 h seen, 2026-11-24T08:00:00Z to 2026-11-25T08:00:00Z")
        .contains("off below 1.25 A, working above")
        .contains("12.00 ####")
        .contains("1.25 -------------------- off / working");
    assertThat(doctor(1, "press")).contains("off below 1.25 A");
    assertThat(doctor(1, "oil")).doesNotContain("below");
  }

  @Test
  void theHistogramIsDrawn() throws IOException {
    Path drawing = folder.resolve("why.svg");

    assertThat(doctor(1, "current", "--svg", drawing.toString())).contains("drawn in " + drawing);
    assertThat(Files.readString(drawing)).startsWith("<svg").contains("off below 1.25 A");
  }

  @Test
  void aDrawingOfNothingIsRefused() {
    doctor(64, "oil", "--svg", folder.resolve("why.svg").toString());

    assertThat(err)
        .isEqualToIgnoringNewLines(
            "--svg: found 0 signals of 'oil' whose states are learned, wanted one");
    assertThat(folder.resolve("why.svg")).doesNotExist();
  }
}
