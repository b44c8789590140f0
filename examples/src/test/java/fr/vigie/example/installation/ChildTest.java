package fr.vigie.example.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void deadChildIsToldWithItsCodeAndLastWords() throws Exception {
    Child child = start("echo 'no room' >&2; exit 3");
    assertThat(Waiting.until(PATIENCE, () -> !child.isAlive())).isTrue();
    assertThatThrownBy(child::mustLive)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the child ended with code 3")
        .hasMessageContaining("no room");
  }

  @Test
  void interruptMeantForUsDoesNotReachTheChild() throws Exception {
    try (Child child = start("exec sleep 60")) {
      Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start();
      assertThat(interrupt.waitFor(10, TimeUnit.SECONDS)).isTrue();
      child.mustLive();
      assertThat(child.residentBytes()).isPositive();
    }
  }

  @Test
  void closingEndsTheChildAndKillingToo() throws Exception {
    Child closed = start("exec sleep 60");
    closed.close();
    assertThat(closed.isAlive()).isFalse();
    Child killed = start("exec sleep 60");
    killed.kill();
    assertThat(killed.isAlive()).isFalse();
  }

  @Test
  void waitingEndsAtItsPatience() throws Exception {
    assertThat(Waiting.until(Duration.ofMillis(1), () -> false)).isFalse();
    assertThat(Waiting.until(Duration.ZERO, () -> true)).isTrue();
  }

  private Child start(String script) throws IOException {
    return Child.start(
        "the child", List.of("/bin/sh", "-c", script), Map.of(), folder.resolve("log"));
  }
}
