package fr.vigie.example.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
  @TempDir Path folder;

  @Test
  void allMistakesOfFilesAndLogsAreToldBeforeAnythingStarts() throws IOException {
    Path machine = Files.writeString(folder.resolve("m.yaml"), "state: {signal: s}\nspeed: 3\n");
    Path log = Files.writeString(folder.resolve("a.txt"), "hello\n");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("--machine", machine.toString(), log.toString(), folder + "/absent.gz");
    assertThat(code).isEqualTo(78);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains("m.yaml:1  state.signal: found 's', wanted a key that stands under signals")
        .contains("m.yaml:2  speed: found '3', wanted {signal: key}")
        .contains("a.txt:1  found 'hello', wanted timestamp|key|value")
        .contains("absent.gz: no such file");
  }

  @Test
  void absentMachineFileIsTold() throws IOException {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ReplayCommand())
            .setErr(new PrintWriter(err))
            .execute("--machine", folder + "/absent.yaml", folder.toString());
    assertThat(code).isEqualTo(78);
    assertThat(err.toString()).contains("absent.yaml: no such file");
  }
}
