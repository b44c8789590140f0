package fr.vigie.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two agents of one name at one broker. */
class RivalryTest {
  @TempDir Path folder;
  private final FakeServer server = new FakeServer();
  private Board one;
  private Board other;

  @BeforeEach
  void start() throws IOException {
    one = new Board(folder.resolve("one"), server, Duration.ZERO, 1);
    other = new Board(folder.resolve("other"), server, Duration.ZERO, 2);
  }

  @AfterEach
  void close() throws IOException {
    one.close();
    other.close();
  }

  private void both(Duration time) {
    for (long left = time.toSeconds(); left > 0; left--) {
      for (int i = 0; i < 20; i++) {
        if (i == 0) {
          one.work(Board.STEP.multipliedBy(1));
          other.work(Board.STEP.multipliedBy(1));
        } else {
          one.step();
          other.step();
        }
      }
    }
  }

  @Test
  void bothNoticeBackOffAndNameTheOther() {
    both(Duration.ofMinutes(2));
    int atFirst = server.connections;
    both(Duration.ofMinutes(20));

    assertThat(atFirst).isLessThan(30);
    assertThat(server.connections - atFirst).isLessThan(100);
    assertThat(one.courier.status().problem() + other.courier.status().problem())
        .contains("another agent named pi uses tcp://fake:1883")
        .contains("reset-identity");
  }

  @Test
  void nothingOfEitherIsLostOrMixed() {
    both(Duration.ofMinutes(3));
    other.courier.stop();
    one.rest(Duration.ofMinutes(12));

    List<Integer> wanted = new ArrayList<>(one.all());
    List<Integer> stored = Board.numbers(server.samples);
    assertThat(stored).containsAll(wanted);
    assertThat(one.courier.status().waiting()).isZero();
    assertThat(one.courier.status().connected()).isTrue();
  }

  @Test
  void aFlappingLinkIsNotTakenForAnotherAgent() {
    for (int i = 0; i < 60; i++) {
      one.work(Duration.ofSeconds(2));
      server.cut();
    }
    one.rest(Duration.ofSeconds(5));

    assertThat(one.courier.status().problem()).doesNotContain("another agent");
    assertThat(Board.numbers(server.samples)).isEqualTo(one.all());
  }
}
