package fr.vigie.server;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that look after a data folder say, and how they end. */
class SubcommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void aStoreWithOneMonth() throws IOException {
    data = folder.resolve("data");
    try (SqliteStore store =
        SqliteStore.open(
            data.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.system())) {
      store.write(List.of(batch().numbers(SPEED, number(0, 1), number(1, 2)).build()));
      store.seal();
    }
  }

  @Test
  void aCleanStoreEndsWithZeroAndATable() {
    assertThat(run("verify", "--data", data.toString())).isZero();
    assertThat(text(out).lines())
        .anyMatch(line -> line.matches("2026-11.db +1 +2 +0"))
        .contains("all is as it was written");
  }

  @Test
  void damageIsToldWithSignalAndSpanAndEndsWithOne() throws IOException {
    Path month = data.resolve("store/2026-11.db");
    byte[] bytes = Files.readAllBytes(month);
    java.util.Arrays.fill(bytes, 4096, 8192, (byte) 0x5a);
    Files.write(month, bytes);

    assertThat(run("verify", "--data", data.toString())).isOne();
    assertThat(text(out)).contains("2026-11.db, ").contains("--repair");
    out.reset();
    assertThat(run("verify", "--data", data.toString(), "--repair")).isZero();
    assertThat(text(out)).contains("kept as 2026-11.db.damaged").contains("declared lost");
    out.reset();
    assertThat(run("verify", "--data", data.toString())).isZero();
  }

  @Test
  void aBackupCanBeRestoredAndATamperedOneIsRefused() throws IOException {
    String copy = folder.resolve("copy").toString();
    String there = folder.resolve("there").toString();
    assertThat(run("backup", "--data", data.toString(), "--to", copy)).isZero();
    assertThat(text(out)).contains("is whole: 2 files, 2 of them copied now");
    assertThat(run("restore", "--from", copy, "--data", there)).isZero();
    assertThat(run("verify", "--data", there)).isZero();
    assertThat(run("restore", "--from", copy, "--data", there)).isOne();
    assertThat(text(err)).contains("holds data already").contains("--replace").hasLineCount(1);
    assertThat(run("restore", "--from", copy, "--data", there, "--replace")).isZero();
    assertThat(text(out)).contains("what was there before is in");
    Files.writeString(folder.resolve("copy/manifest"), "vigie-backup 1\nletters\n");
    assertThat(run("restore", "--from", copy, "--data", there, "--replace")).isOne();
    assertThat(text(err)).contains("manifest is damaged");
  }

  @Test
  void aFolderInUseIsNotReplaced() throws IOException {
    String copy = folder.resolve("copy").toString();
    assertThat(run("backup", "--data", data.toString(), "--to", copy)).isZero();
    try (DataFolder held = DataFolder.take(data)) {
      assertThat(run("backup", "--data", data.toString(), "--to", copy)).isZero();
      assertThat(run("restore", "--from", copy, "--data", held.path().toString(), "--replace"))
          .isEqualTo(78);
      assertThat(text(err)).contains("no other running server").doesNotContain("\tat ");
    }
  }

  @Test
  void wrongUsageEndsWith78AndMissingFoldersWithOne() {
    assertThat(run("backup")).isEqualTo(78);
    assertThat(run("verify", "--dato", "x")).isEqualTo(78);
    assertThat(run("verify", "--data", folder.resolve("nothing").toString())).isOne();
    assertThat(run("restore", "--from", folder.resolve("nothing").toString(), "--data", "x"))
        .isOne();
    assertThat(text(err)).contains("--to").contains("backup --help").hasLineCount(4);
    assertThat(run("restore", "--help")).isZero();
    assertThat(text(out)).contains("Examples:");
  }

  private int run(String... arguments) {
    return ServerMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
