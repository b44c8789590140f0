package fr.vigie.example.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears of a real agent, by a datagram socket in its place. */
@Timeout(300)
class SupervisedIT {
  private static final String LISTEN =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      while True:
          print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
      """;

  @TempDir Path folder;

  private String heard() throws IOException {
    return Files.readString(folder.resolve("heard"));
  }

  private static long count(String text, String word) {
    return text.lines().filter(line -> line.startsWith(word)).count();
  }

  @Test
  void theAgentIsReadyIsAliveAndIsSilentOnceAWorkerIsStuck()
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 on this machine");
    Path socket = folder.resolve("notify");
    try (Home home = Home.find();
        Board board = Board.lay(home, folder.resolve("pi"), "pi", 1, "clock: system")) {
      Child listener =
          home.child(
              "the supervisor",
              List.of("/usr/bin/python3", "-c", LISTEN, socket.toString()),
              folder.resolve("heard"));
      assertThat(Waiting.until(Duration.ofSeconds(30), () -> Files.exists(socket))).isTrue();
      board.start(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "6000000"));
      board.await("is ready", () -> heard().startsWith("READY=1 STATUS="));
      board.await("feeds", () -> count(heard(), "WATCHDOG=1") >= 2);

      Path trap = board.data().resolve("status.json.new");
      board.await("writes", () -> block(trap));
      board.await("says who is stuck", () -> heard().contains("STATUS=status has been stuck for"));
      long fed = count(heard(), "WATCHDOG=1");
      long told = count(heard(), "STATUS=status has been stuck for");
      board.await(
          "goes on saying", () -> count(heard(), "STATUS=status has been stuck for") > told + 1);
      assertThat(count(heard(), "WATCHDOG=1")).isEqualTo(fed);
      assertThat(board.log()).containsOnlyOnce("status has been stuck for");

      Files.readString(trap);
      board.await("is fed again", () -> count(heard(), "WATCHDOG=1") > fed);
      board.close();
      assertThat(Waiting.until(Duration.ofSeconds(30), () -> heard().contains("STOPPING=1")))
          .isTrue();
      listener.kill();
    }
  }

  /** A pipe that nobody reads stands where the status is written: its writer waits for ever. */
  private static boolean block(Path trap) throws IOException {
    try {
      return new ProcessBuilder("mkfifo", trap.toString()).start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void anAgentWithoutMemoryEndsAndItsNextStartHasEverything()
      throws IOException, InterruptedException {
    try (Home home = Home.find();
        Board board = Board.lay(home, folder.resolve("pi"), "pi", 1, "clock: system")) {
      board.start(Map.of());
      board.awaitReading();
      board.say(1);
      board.await("keeps", () -> board.status().at("/outbox/records").asLong(0) > 0);
      board.kill();

      Child poor = board.start(Map.of("_JAVA_OPTIONS", "-Xms4m -Xmx4m -Xmn1m"));
      assertThat(Waiting.until(Duration.ofSeconds(90), () -> !poor.isAlive())).isTrue();
      assertThat(poor.exitCode()).isNotZero().isNotEqualTo(78);
      assertThat(board.log()).contains("OutOfMemoryError");

      board.start(Map.of());
      board.awaitReading();
      String last = board.log().substring(board.log().lastIndexOf("outbox opened"));
      assertThat(last).containsPattern("with [1-9]\\d* records pending").doesNotContain("damaged");
    }
  }
}
