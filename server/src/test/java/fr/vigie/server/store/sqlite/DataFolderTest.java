package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.time.Span;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does with the folder that it is given. */
class DataFolderTest {
  private static final Span ALWAYS = new Span(at(-1e6), at(1e6));
  private static final IncomingBatch ONE = batch().numbers(SPEED, number(0, 1)).build();

  @TempDir Path folder = Path.of("");

  @Test
  void theFolderIsMadeWhenItDoesNotExist() throws IOException {
    Path deep = folder.resolve("a/b");
    try (SqliteStore store = Folders.open(deep)) {
      assertThat(store.write(List.of(ONE))).isOne();
    }
    assertThat(deep.resolve("head.db")).exists();
  }

  @Test
  void aSecondProcessIsTurnedAway() throws IOException {
    SqliteStore first = Folders.open(folder);
    assertThatIOException()
        .isThrownBy(() -> Folders.open(folder))
        .withMessageContaining("another process uses")
        .withMessageContaining(folder.toString());
    first.write(List.of(ONE));
    first.close();
    Folders.open(folder).close();
  }

  @Test
  void aFolderOfANewerVersionIsNotTouched() throws IOException {
    for (String file : List.of("head.db", "2026-11.db")) {
      Path copy = folder.resolve("of-" + file);
      try (SqliteStore store = Folders.open(copy)) {
        store.write(List.of(ONE));
        store.seal();
      }
      try (RandomAccessFile header = new RandomAccessFile(copy.resolve(file).toFile(), "rw")) {
        header.seek(60);
        header.writeInt(Folder.VERSION + 1);
      }
      Map<Path, Integer> before = contents(copy);

      assertThatIOException()
          .isThrownBy(() -> Folders.open(copy))
          .withMessageContaining(file)
          .withMessageContaining("newer version");

      assertThat(contents(copy)).isEqualTo(before);
    }
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("2026-13.db"), "not a month");
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(ONE));
      store.seal();
      store.dropBefore(at(1e8));
    }
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    assertThat(folder.resolve("2026-13.db")).hasContent("not a month");
  }

  @Test
  void aForeignFileUnderOurNameIsNamedAndKept() throws IOException {
    Files.writeString(folder.resolve("2026-11.db"), "letters");
    assertThatIOException()
        .isThrownBy(() -> Folders.open(folder))
        .withMessageContaining("2026-11.db")
        .withMessageContaining("move it elsewhere");
    assertThat(folder.resolve("2026-11.db")).hasContent("letters");
    assertThat(folder.resolve("head.db")).doesNotExist();
  }

  @Test
  void sealedSamplesSurviveTheLossOfTheHeadFile() throws IOException {
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(ONE));
      store.seal();
    }
    Files.delete(folder.resolve("head.db"));
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(0, 1));
      store.write(List.of(batch().sequence(2).numbers(SPEED, number(1, 2)).build()));
      store.seal();
      assertThat(store.range(SPEED, ALWAYS)).hasSize(2);
    }
  }

  @Test
  void droppingDeletesWholeMonths() throws IOException {
    try (SqliteStore store = Folders.open(folder)) {
      store.write(
          List.of(
              batch()
                  .numbers(SPEED, number(0, 1), number(40 * 86_400.0, 2), number(80 * 86_400.0, 3))
                  .build()));
      store.seal();
      assertThat(folder.resolve("2026-11.db")).exists();

      store.dropBefore(at(75 * 86_400.0));

      assertThat(Folders.files(folder).stream().map(it -> it.getFileName().toString()))
          .contains("2027-02.db")
          .noneMatch(name -> name.startsWith("2026-11") || name.startsWith("2027-01"));
    }
  }

  @Test
  void anOldHeadIsSealedByTheNextWrite() throws IOException {
    Instant[] now = {at(0)};
    try (SqliteStore store = SqliteStore.open(folder, SqliteStore.Settings.DEFAULT, () -> now[0])) {
      store.write(List.of(ONE));
      assertThat(folder.resolve("2026-11.db")).doesNotExist();

      now[0] = at(6 * 3600);
      store.write(List.of(batch().sequence(2).numbers(SPEED, number(1, 2)).build()));

      assertThat(folder.resolve("2026-11.db")).exists();
      assertThat(store.range(SPEED, ALWAYS)).hasSize(2);
    }
  }

  @Test
  void aClosedStoreSaysSo() throws IOException {
    SqliteStore store = Folders.open(folder);
    store.close();
    store.close();
    assertThatIOException()
        .isThrownBy(() -> store.write(List.of(ONE)))
        .withMessageContaining("closed");
    assertThatIOException().isThrownBy(store::series).withMessageContaining("closed");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    Duration hour = Duration.ofHours(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SqliteStore.Settings(0, hour, 1000))
        .withMessageContaining("0 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SqliteStore.Settings(1000, Duration.ZERO, 1000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SqliteStore.Settings(1000, hour, 100_000));
  }

  private static Map<Path, Integer> contents(Path folder) throws IOException {
    Map<Path, Integer> contents = new HashMap<>();
    for (Path file : Folders.files(folder)) {
      contents.put(file, Arrays.hashCode(Files.readAllBytes(file)));
    }
    return contents;
  }
}
