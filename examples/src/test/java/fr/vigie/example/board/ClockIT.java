package fr.vigie.example.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boards whose clocks are wrong, as real processes under libfaketime. */
@Timeout(300)
class ClockIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  @TempDir Path folder;

  /** When the test spoke, and when the agent had surely read it. */
  private record Said(Instant from, Instant to) {}

  private static Optional<Path> faketime() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(each -> each.resolve("faketime/libfaketime.so.1"))
          .filter(Files::exists)
          .findFirst();
    }
  }

  private static Map<String, String> wrong(String offset) throws IOException {
    return Map.of(
        "LD_PRELOAD",
        faketime().orElseThrow().toString(),
        "FAKETIME",
        offset,
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0",
        "NO_FAKE_STAT",
        "1");
  }

  @Test
  void aBoardThatBootsIn1970WithoutANetworkIsDatedByTheServerAndADaysOffClockIsTold()
      throws IOException, InterruptedException {
    assumeTrue(faketime().isPresent(), "no libfaketime on this machine (apt install libfaketime)");
    long days = Instant.now().getEpochSecond() / 86_400 - 1;
    int port = freePort();
    try (Home home = Home.find();
        Board board = Board.lay(home, folder.resolve("pi"), "pi", port, "");
        Board ahead = Board.lay(home, folder.resolve("late"), "late", port, "clock: system")) {
      List<Said> said = new ArrayList<>();
      board.start(wrong("-" + days + "d"));
      board.awaitReading();
      assertThat(board.status().at("/clock/source").asString("")).isEqualTo("none");
      said.add(say(board, 1));
      board.await("keeps", () -> board.status().at("/outbox/records").asLong(0) > 0);
      board.kill();
      board.start(wrong("-" + days + "d"));
      board.awaitReading();
      said.add(say(board, 2));

      ahead.start(wrong("+3d"));
      try (Server server =
          Server.start(
              home,
              folder.resolve("server"),
              new Server.Settings("atelier", 0, port, "embedded"))) {
        board.await(
            "is dated", () -> board.status().at("/clock/source").asString("").equals("server"));
        said.add(say(board, 3));
        board.awaitDrained();

        List<Sample> stored = server.api().samples("pi", "parts");
        assertThat(stored).hasSize(3);
        for (int i = 0; i < 3; i++) {
          assertThat(stored.get(i).time())
              .isBetween(said.get(i).from().minus(TOLERANCE), said.get(i).to().plus(TOLERANCE));
          assertThat(stored.get(i).quality()).isEqualTo(Quality.GOOD);
        }
        assertThat(board.status().at("/clock/correction").asDouble())
            .isGreaterThan(86_400.0 * days - 86_400);
        assertThat(board.log()).contains("The time is known from the server");

        boolean told =
            Waiting.until(
                Duration.ofSeconds(60), () -> Math.abs(skew(server, "late") - 259_200) < 60);
        assertThat(told).as("%s", ahead.log()).isTrue();
        assertThat(Files.readString(folder.resolve("server.log")))
            .containsOnlyOnce("atelier/late: its clock is ahead of the server by");
        boolean shown =
            Waiting.until(
                Duration.ofSeconds(60),
                () ->
                    ahead
                        .status()
                        .path("attention")
                        .toString()
                        .contains("the board's clock is ahead of the server's by"));
        assertThat(shown).as("%s", ahead.status()).isTrue();
      }
    }
  }

  private static Said say(Board board, int parts) throws IOException, InterruptedException {
    Instant from = Instant.now();
    board.say(parts);
    return new Said(from, Instant.now());
  }

  private static double skew(Server server, String agent) throws IOException {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + server.httpPort() + "/api/v1/agents"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      for (JsonNode each : JSON.readTree(answer.body())) {
        if (each.path("agent").asString("").equals(agent)) {
          return each.at("/skews/0/secondsAhead").asDouble(0);
        }
      }
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
