package fr.vigie.link;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import fr.vigie.wire.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an outage what is live goes first, and the backlog beside it. */
class LanesTest {
  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private final Map<Long, Long> lastOfEpoch = new HashMap<>();
  private Board board;

  @BeforeEach
  void start() throws IOException {
    board = new Board(folder, server, Duration.ZERO, 1);
  }

  @AfterEach
  void close() throws IOException {
    board.close();
  }

  private void outage(Duration length) {
    server.reachable = false;
    server.cut();
    board.work(length);
    server.reachable = true;
  }

  private static Instant newest(Batch batch) {
    return batch.parts().stream()
        .flatMap(part -> part.samples().stream())
        .map(Sample::time)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  @Test
  void whatIsLiveArrivesAtOnceAndTheBacklogAtTenTimesItsRateAtLeast() {
    board.work(Duration.ofSeconds(10));
    outage(Duration.ofMinutes(20));
    List<Duration> ages = new ArrayList<>();
    server.watcher =
        batch -> {
          if (newest(batch).isAfter(Board.START.plusSeconds(1_250))) {
            ages.add(board.since(newest(batch)));
          }
        };
    long waiting = board.courier.status().waiting();
    assertThat(waiting).isGreaterThan(1_150);
    board.work(Duration.ofSeconds(60));
    long connected = board.courier.status().waiting();

    assertThat(connected).as("of %d batches after a minute", waiting).isLessThan(10);
    assertThat(ages).hasSizeGreaterThan(15);
    assertThat(ages).allMatch(age -> age.compareTo(Duration.ofSeconds(3)) < 0);
    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
  }

  @Test
  void onASlowLinkWhatIsLiveStaysFreshWhileTheBacklogDrains() {
    server.bytesPerSecond = 8_000;
    board.forcesASecond = 25;
    board.work(Duration.ofSeconds(10));
    outage(Duration.ofMinutes(40));
    board.work(Duration.ofSeconds(35));
    assertThat(board.courier.status().connected()).isTrue();
    long before = board.courier.status().waiting();
    int connections = server.connections;
    Instant from = Board.START.plusNanos(board.nanos);
    List<Duration> ages = new ArrayList<>();
    server.watcher =
        batch -> {
          if (newest(batch).isAfter(from)) {
            ages.add(board.since(newest(batch)));
          }
        };
    board.work(Duration.ofSeconds(20));
    long after = board.courier.status().waiting();

    assertThat(before - after).as("batches that drained in 20 s").isGreaterThan(10 * 20);
    assertThat(ages).hasSizeGreaterThan(15);
    assertThat(ages).allMatch(age -> age.compareTo(Duration.ofSeconds(5)) < 0);
    assertThat(server.connections).isEqualTo(connections);
    board.work(Duration.ofMinutes(3));
    board.rest(Duration.ofSeconds(10));
    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
  }

  @Test
  void theOrderWithinAnEpochIsKept() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    server.watcher =
        batch -> {
          long last = lastOfEpoch.getOrDefault(batch.epoch(), 0L);
          assertThat(batch.sequence()).as("seed %d", seed).isLessThanOrEqualTo(last + 1);
          lastOfEpoch.merge(batch.epoch(), batch.sequence(), Math::max);
        };
    for (int i = 0; i < 12; i++) {
      outage(Duration.ofSeconds(random.nextInt(200)));
      board.work(Duration.ofSeconds(random.nextInt(40)));
      if (random.nextInt(4) == 0) {
        board.restart();
      }
    }
    board.rest(Duration.ofSeconds(60));

    assertThat(Board.numbers(server.samples)).as("seed %d", seed).isEqualTo(board.all());
    assertThat(lastOfEpoch).hasSizeGreaterThan(2);
  }

  @Test
  void aBatchThatGotLostIsSentAgainWithoutANewConnection() {
    board.work(Duration.ofSeconds(10));
    int connections = server.connections;
    server.losing = batch -> batch.sequence() == 12;
    board.work(Duration.ofSeconds(5));
    server.losing = batch -> false;
    board.work(Duration.ofSeconds(20));
    board.rest(Duration.ofSeconds(3));

    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
    assertThat(server.connections).isEqualTo(connections);
    assertThat(board.courier.status().waiting()).isZero();
  }

  @Test
  void aServerThatAnswersButStoresNothingIsNotRunAwayFromAndIsNamed() {
    board.work(Duration.ofSeconds(10));
    int connections = server.connections;
    server.losing = batch -> true;
    for (int i = 0; i < 150; i++) {
      board.work(Duration.ofSeconds(2));
      server.answer();
    }

    assertThat(server.connections).isEqualTo(connections);
    assertThat(board.courier.status().problem()).contains("stored nothing");
    server.losing = batch -> false;
    board.work(Duration.ofMinutes(2));
    board.rest(Duration.ofSeconds(3));
    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
    assertThat(board.courier.status().problem()).isEmpty();
  }
}
