package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one folder; and what a killed process leaves. */
class LockTest {
  @TempDir Path folder;

  @Test
  void anotherProcessIsNamedAndWhatItAppendedSurvivesItsKill() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatIOException()
          .isThrownBy(() -> Outbox.open(folder, OutboxTest.SMALL))
          .withMessageContaining("another process (pid " + other.pid() + ")");
    } finally {
      other.destroyForcibly().waitFor();
    }
    try (Outbox outbox = Outbox.open(folder, OutboxTest.SMALL)) {
      assertThat(outbox.records()).isEqualTo(500);
    }
  }

  /** Appends without a sync and stays. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      Outbox outbox = Outbox.open(Path.of(args[0]), OutboxTest.SMALL);
      OutboxTest.fill(outbox, 1, 1, 500);
      System.out.println("held");
      System.in.read();
      outbox.close();
    }
  }
}
