package fr.vigie.server.backup;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fr.vigie.column.Column;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Span ALWAYS = new Span(at(-1e7), at(1e8));
  private static final double MONTH = 31 * 86_400.0;
  private static final Instant NOW = Instant.parse("2026-11-24T15:00:00.5Z");

  @TempDir Path folder = Path.of("");
  private Path data = Path.of("");
  private Path copy = Path.of("");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void folders() {
    data = folder.resolve("data");
    copy = folder.resolve("usb/vigie");
  }

  @Test
  void aRestoredFolderHoldsWhatWasBackedUpAndTellsThatItIsOne() throws IOException {
    String generation;
    try (SqliteStore store = store(data)) {
      generation = store.generation();
      write(store, 1, 0, 1000);
      store.seal();
      write(store, 2, MONTH, 1000);
      Files.createDirectories(data.resolve("births/lyon/press-board"));
      Files.writeString(data.resolve("births/lyon/press-board/0000001f.json"), "{}");
      make();
      write(store, 3, 2 * MONTH, 10);
    }
    assertThat(Files.readString(data.resolve("store/generation")).strip()).isEqualTo(generation);

    Path elsewhere = folder.resolve("elsewhere");
    restore(elsewhere, false);

    assertThat(elsewhere.resolve("births/lyon/press-board/0000001f.json")).hasContent("{}");
    try (SqliteStore store = store(elsewhere)) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2000);
      assertThat(store.highWater(AGENT, 7)).isEqualTo(2);
      assertThat(store.generation()).isNotEqualTo(generation);
      assertThat(store.damaged()).isZero();
      write(store, 3, 2 * MONTH, 10);
      store.seal();
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2010);
    }
    try (SqliteStore store = store(data)) {
      assertThat(store.generation()).isEqualTo(generation);
    }
  }

  @Test
  void monthsThatHaveNotChangedAreNotCopiedAgain() throws IOException {
    try (SqliteStore store = store(data)) {
      write(store, 1, 0, 1000);
      write(store, 2, MONTH, 1000);
      store.seal();
      Files.setLastModifiedTime(
          data.resolve("store/2026-11.db"), FileTime.from(NOW.minusSeconds(60)));
      make();
      assertThat(said).anyMatch(it -> it.contains("2026-11.db"));
      said.clear();
      write(store, 3, MONTH, 10);
      store.seal();
      make();
    }
    assertThat(said)
        .noneMatch(it -> it.contains("2026-11.db"))
        .anyMatch(it -> it.contains("2026-12.db"))
        .anyMatch(it -> it.contains("head.db"));
    assertThat(files(copy)).hasSize(5);
    restore(folder.resolve("elsewhere"), false);
    try (SqliteStore store = store(folder.resolve("elsewhere"))) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2010);
    }
  }

  @Test
  void aBackupBesideWritesAndSealsIsOneMoment() throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicLong written = new AtomicLong();
    try (SqliteStore store = store(data)) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (long sequence = 1; going.get(); sequence++) {
                    write(store, sequence, sequence % 3 * MONTH + sequence, 20);
                    written.set(sequence);
                    if (sequence % 15 == 0) {
                      store.seal();
                    }
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      try {
        for (int round = 0; round < 6; round++) {
          long before = written.get();
          make();
          long after = written.get() + 1;
          Path there = folder.resolve("round-" + round);
          restore(there, false);
          try (SqliteStore restored = store(there)) {
            long high = restored.highWater(AGENT, 7);
            assertThat(high).isBetween(before, after);
            Column range = restored.range(SPEED, ALWAYS);
            assertThat(range.size()).isEqualTo((int) high * 20);
            assertThat(range.stream().distinct()).hasSize((int) high * 20);
          }
        }
      } finally {
        going.set(false);
        writer.join();
      }
    }
  }

  @Test
  void whatWasTamperedWithIsRefusedAndEveryFileNamed() throws IOException {
    backUpTwoMonths();
    List<Path> files = files(copy.resolve("store"));
    byte[] bytes = Files.readAllBytes(files.get(0));
    bytes[bytes.length / 2] ^= 1;
    Files.write(files.get(0), bytes);
    Files.delete(files.get(1));

    assertThatIOException()
        .isThrownBy(() -> restore(folder.resolve("elsewhere"), false))
        .withMessageContaining("not whole")
        .withMessageContaining(files.get(0) + ": its content is not what was backed up")
        .withMessageContaining(files.get(1) + ": is missing");
    assertThat(names(folder)).containsExactly("data", "usb");
  }

  @Test
  void aManifestThatWasChangedOrCutIsRefused() throws IOException {
    backUpTwoMonths();
    Path manifest = copy.resolve("manifest");
    String text = Files.readString(manifest);
    for (String wrong :
        List.of(
            text.replace("store/2026-11.db", "../2026-11.db"),
            text.substring(0, text.length() / 2),
            text.replaceFirst("(?m)^[0-9a-f]{64} .*2026-12.*\n", ""),
            "",
            "letters")) {
      Files.writeString(manifest, wrong);
      assertThatIOException()
          .as(wrong)
          .isThrownBy(() -> restore(folder.resolve("elsewhere"), false))
          .withMessageContaining("manifest is damaged");
    }
    assertThat(names(folder)).containsExactly("data", "usb");
  }

  @Test
  void aBackupOfANewerVersionIsRefused() throws IOException {
    backUpTwoMonths();
    Path manifest = copy.resolve("manifest");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("vigie-backup 1", "vigie-backup 2"));
    assertThatIOException()
        .isThrownBy(() -> restore(folder.resolve("elsewhere"), false))
        .withMessageContaining("newer version");
  }

  @Test
  void aDataFolderThatHoldsSomethingIsOnlyEverPutAside() throws IOException {
    backUpTwoMonths();
    Files.writeString(data.resolve("notes.txt"), "mine");
    assertThatIOException()
        .isThrownBy(() -> restore(data, false))
        .withMessageContaining("holds data already")
        .withMessageContaining("--replace");

    Restore.Summary put = restore(data, true);

    assertThat(put.aside()).contains(folder.resolve("data.replaced-20261124T150000Z"));
    assertThat(put.aside().orElseThrow().resolve("notes.txt")).hasContent("mine");
    assertThat(data.resolve("notes.txt")).doesNotExist();
    try (SqliteStore store = store(data)) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(200);
    }
  }

  @Test
  void foldersOfOthersAreNotWrittenTo() throws IOException {
    store(data).close();
    Files.createDirectories(copy);
    Files.writeString(copy.resolve("photo.jpg"), "mine");
    assertThatIOException().isThrownBy(this::make).withMessageContaining("holds other files");
    copy = data.resolve("backup");
    assertThatIOException().isThrownBy(this::make).withMessageContaining("apart from the data");
    data = folder.resolve("nothing");
    copy = folder.resolve("new");
    assertThatIOException().isThrownBy(this::make).withMessageContaining("no data folder");
  }

  @Test
  void aBackupThatFailsLeavesTheOneBeforeWhole() throws IOException {
    backUpTwoMonths();
    try (SqliteStore store = store(data)) {
      write(store, 3, 0, 50);
      store.seal();
    }
    Files.createDirectories(copy.resolve("manifest.draft"));
    assertThatIOException().isThrownBy(this::make);
    restore(folder.resolve("elsewhere"), false);
    try (SqliteStore store = store(folder.resolve("elsewhere"))) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(200);
    }
  }

  private void backUpTwoMonths() throws IOException {
    try (SqliteStore store = store(data)) {
      write(store, 1, 0, 100);
      write(store, 2, MONTH, 100);
      store.seal();
    }
    make();
  }

  private void make() throws IOException {
    Backup.make(data, copy, InstantSource.fixed(NOW), "test", said::add);
  }

  private Restore.Summary restore(Path to, boolean replace) throws IOException {
    return Restore.from(copy, to, replace, NOW, said::add);
  }

  private static SqliteStore store(Path data) throws IOException {
    return SqliteStore.open(
        data.resolve("store"),
        new SqliteStore.Settings(10 << 20, Duration.ofHours(6), 1000),
        InstantSource.system());
  }

  private static void write(SqliteStore store, long sequence, double from, int samples)
      throws IOException {
    Column.Builder column = Column.numbers();
    for (int i = 0; i < samples; i++) {
      column.add(number(from + i * 0.01, sequence * 10_000 + i));
    }
    store.write(List.of(batch().sequence(sequence).with(SPEED, column.build()).build()));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    Map<String, Path> names = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.put(file.getFileName().toString(), file));
    }
    return List.copyOf(names.keySet());
  }
}
