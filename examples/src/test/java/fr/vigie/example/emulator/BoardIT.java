package fr.vigie.example.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.example.emulator.VirtualBoard.Time;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.production.PartsRule;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as it is installed, on an arm64 board, and a server that is this machine's. */
@Timeout(1800)
class BoardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long MOST_RESIDENT_KIB = 64 << 10;

  @TempDir Path folder;
  private int shell;

  @Test
  void everyPulseOfABoardIsStoredThroughARestartAndACut() throws IOException, InterruptedException {
    assumeTrue(VirtualBoard.absent().isEmpty(), () -> VirtualBoard.absent().orElse(""));
    shell = freePort();
    try (Home home = Home.find()) {
      Optional<VirtualBoard> made = VirtualBoard.make(home, folder.resolve("making"));
      assumeTrue(made.isPresent(), "Debian's mirror does not answer");
      try (Server server =
          Server.start(
              home, folder.resolve("server"), new Server.Settings("atelier", 0, 0, "embedded"))) {
        Path host = Files.createDirectories(folder.resolve("host"));
        made.get().load(host, resource("job"));
        Files.writeString(
            host.resolve("agent.yaml"),
            resource("agent.yaml").replace("PORT", Integer.toString(server.mqttPort())));
        Path console = folder.resolve("console");
        Child board =
            made.get()
                .boot(Time.SHARED, host, Map.of("SHELL_PORT", Integer.toString(shell)), console);

        await(board, "the agent's first value is stored", () -> last(server).equals("0.0"));
        ask("echo '4 500 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "500 pulses are stored", () -> last(server).equals("500.0"));
        assertThat(resident()).as("KiB resident").isBetween(1L, MOST_RESIDENT_KIB);

        int before = samples(server).size();
        ask("kill $(pidof java)");
        await(board, "the agent is back", () -> samples(server).size() > before);
        ask("echo '4 100 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "the count goes on", () -> last(server).equals("600.0"));

        ask("kill -9 $(pidof java)");
        await(board, "the count begins anew", () -> last(server).equals("0.0"));
        ask("echo '4 100 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "100 more are stored", () -> last(server).equals("100.0"));
        assertThat(parts(server)).isEqualTo(700);

        ask("touch /tmp/over; kill $(pidof java)");
        assertThat(board.awaitEnd(PATIENCE)).as(Files.readString(console)).isPresent();
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        assertThat(server.api().losses(now.minus(day), now.plus(day)))
            .extracting("reason")
            .containsOnly("agent-stopped", "unclean-stop");
      }
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = BoardIT.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await(Child board, String what, Waiting.Condition condition)
      throws IOException, InterruptedException {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              board.mustLive();
              return condition.holds();
            });
    assertThat(done).as("%s%n%s", what, Files.readString(folder.resolve("console"))).isTrue();
  }

  /** Runs a command in the board's shell, and returns what it says. */
  private String ask(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shell)) {
      socket.getOutputStream().write((command + "; exit\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private long resident() throws IOException {
    return Long.parseLong(ask("grep VmRSS /proc/$(pidof java)/status").replaceAll("\\D", ""));
  }

  private static List<Sample> samples(Server server) throws IOException {
    try {
      return server.api().samples("press", "count");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String last(Server server) throws IOException {
    List<Sample> samples = samples(server);
    return samples.isEmpty() ? "" : samples.get(samples.size() - 1).value().toString();
  }

  private static long parts(Server server) throws IOException {
    Column.Builder column = Column.numbers();
    samples(server).stream()
        .filter(sample -> sample.value() instanceof Value.Number)
        .forEach(column::add);
    return PartsRule.Counter.plain()
        .counts(column.build())
        .within(new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
