package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResetIdentityTest {
  @TempDir Path data;
  private final StringWriter said = new StringWriter();

  private int reset() {
    PrintWriter writer = new PrintWriter(said);
    return new CommandLine(new ResetIdentityCommand())
        .setOut(writer)
        .setErr(writer)
        .execute("--data", data.toString());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Outbox outbox() throws IOException {
    return Outbox.open(data.resolve("outbox"), Outbox.Settings.defaults());
  }

  @Test
  void theOtherAgentsBatchesAreSetAsideAndNothingIsDeleted() throws IOException {
    try (Outbox outbox = outbox()) {
      outbox.append(7, 1, new byte[10]);
      outbox.append(7, 2, new byte[10]);
    }
    Files.writeString(data.resolve("epochs"), "store x\n");
    Files.writeString(data.resolve("agent.yaml"), "agent: pi\n");

    assertThat(reset()).isZero();

    assertThat(said.toString())
        .contains("Set aside in " + data.resolve("set-aside-"), "outbox, epochs")
        .contains("2 batches waited there");
    assertThat(names()).hasSize(2).contains("agent.yaml");
    Path aside = data.resolve(names().get(1));
    try (Outbox kept = Outbox.open(aside.resolve("outbox"), Outbox.Settings.defaults())) {
      assertThat(kept.records()).isEqualTo(2);
    }
    try (Outbox fresh = outbox()) {
      assertThat(fresh.last()).isEmpty();
    }
  }

  @Test
  void aRunningAgentIsNotTouched() throws IOException {
    try (Outbox running = outbox()) {
      running.append(7, 1, new byte[10]);
      assertThat(reset()).isEqualTo(1);
      assertThat(said.toString()).contains("the identity was not reset", "already open");
      assertThat(names()).containsExactly("outbox");
    }
  }

  @Test
  void anEmptyFolderHasNothingToReset() throws IOException {
    assertThat(reset()).isZero();
    assertThat(said.toString()).contains("nothing to do");
    assertThat(names()).isEmpty();
  }
}
