package fr.vigie.link;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was put back from an old copy gets again what it acknowledged and lost. */
class RestoredServerTest {
  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private Board board;

  @BeforeEach
  void start() throws IOException {
    board = new Board(folder, server, Duration.ofDays(7), 1);
  }

  @AfterEach
  void close() throws IOException {
    board.close();
  }

  private void restore(FakeServer.Copy copy, String name) {
    server.reachable = false;
    server.cut();
    server.restore(copy, name);
    server.reachable = true;
  }

  @Test
  void whatWasAcknowledgedAndLostIsSentAgain() {
    board.work(Duration.ofSeconds(100));
    FakeServer.Copy copy = server.backUp();
    board.work(Duration.ofSeconds(200));
    restore(copy, "second");
    board.work(Duration.ofSeconds(60));
    board.rest(Duration.ofSeconds(10));

    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
    assertThat(server.losses).isEmpty();
    assertThat(board.courier.status().waiting()).isZero();
  }

  @Test
  void aServerWhoseStoreIsGoneGetsAllThatIsKept() throws IOException {
    FakeServer.Copy empty = server.backUp();
    board.work(Duration.ofSeconds(100));
    board.restart();
    board.work(Duration.ofSeconds(100));
    restore(empty, "second");
    board.restart();
    board.work(Duration.ofSeconds(60));
    board.rest(Duration.ofSeconds(10));

    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
    assertThat(server.losses).isEmpty();
  }

  @Test
  void aServerThatIsTheSameGetsNothingTwice() throws IOException {
    for (int i = 0; i < 5; i++) {
      board.work(Duration.ofSeconds(50));
      server.cut();
      board.work(Duration.ofSeconds(50));
      board.restart();
    }
    board.rest(Duration.ofSeconds(10));

    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
    assertThat(server.duplicates).isLessThan(10);
  }

  @Test
  void whatIsNotKeptAnyMoreIsDeclaredAndHoldsNothingUp() throws IOException {
    board.work(Duration.ofSeconds(100));
    FakeServer.Copy copy = server.backUp();
    board.forcesASecond = 2_000;
    board.work(Duration.ofSeconds(500));
    board.forcesASecond = 0;
    board.work(Duration.ofSeconds(60));
    int kept = board.outbox.epochs().size();
    restore(copy, "second");
    board.work(Duration.ofSeconds(120));
    board.rest(Duration.ofSeconds(10));

    assertThat(kept).isPositive();
    assertThat(server.losses).singleElement().matches(l -> l.reason() == Loss.Reason.FORGOTTEN);
    Loss loss = server.losses.get(0);
    assertThat(loss.when().start()).isEqualTo(Board.START);
    assertThat(loss.when().end()).isAfter(Board.START.plusSeconds(100));
    List<Integer> stored = Board.numbers(server.samples);
    assertThat(stored).doesNotHaveDuplicates();
    assertThat(stored.size()).isBetween(200, board.made - 1);
    assertThat(board.courier.status().waiting()).isZero();
    Set<Integer> missing = new HashSet<>(board.all());
    missing.removeAll(stored);
    assertThat(missing)
        .allMatch(part -> loss.when().contains(Board.START.plusSeconds(part).minusMillis(900)));
  }

  @Test
  void wordsOfAStoreThatDoesNotCountAreIgnored() {
    board.work(Duration.ofSeconds(100));
    FakeServer.Copy copy = server.backUp();
    board.work(Duration.ofSeconds(20));
    for (int i = 0; i < 20; i++) {
      server.store = i % 2 == 0 ? "second" : "first";
      board.work(Duration.ofSeconds(2));
    }
    restore(copy, "third");
    board.work(Duration.ofMinutes(3));
    board.rest(Duration.ofSeconds(10));

    assertThat(Board.numbers(server.samples)).isEqualTo(board.all());
  }

  @Test
  void whateverBreaksMeanwhileNothingIsMissing() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    FakeServer.Copy copy = server.backUp();
    for (int i = 0; i < 60; i++) {
      switch (random.nextInt(8)) {
        case 0 -> server.cut();
        case 1 -> server.reachable = random.nextBoolean();
        case 2 -> board.restart();
        case 3 -> copy = random.nextInt(3) == 0 ? server.backUp() : copy;
        case 4 -> {
          if (random.nextInt(3) == 0) {
            restore(copy, "store-" + i);
          }
        }
        default -> board.work(Duration.ofSeconds(random.nextInt(40)));
      }
    }
    server.reachable = true;
    board.work(Duration.ofMinutes(4));
    board.rest(Duration.ofSeconds(60));

    assertThat(Board.numbers(server.samples)).as("seed %d", seed).isEqualTo(board.all());
    assertThat(server.losses).as("seed %d", seed).isEmpty();
    assertThat(board.courier.status().waiting()).as("seed %d", seed).isZero();
  }

  @Test
  void whatIsAcknowledgedInTimeCostsTheDiskAboutOneWriteAMinute() throws IOException {
    board.work(Duration.ofSeconds(30));
    assertThat(board.outbox.last()).isEmpty();
    board.work(Duration.ofSeconds(40));
    assertThat(board.outbox.last().map(Outbox.Record::sequence).orElseThrow()).isGreaterThan(50);
    assertThat(board.outbox.records()).isZero();
  }
}
