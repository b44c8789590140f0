package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On disks that turn read-only or have no inodes left; needs the right to mount one. */
class BadDiskTest {
  private static final Span ALWAYS = new Span(at(-1e6), at(1e6));

  @TempDir Path disk = Path.of("");
  private boolean mounted;

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  @Test
  void aReadOnlyDiskIsToldAndNothingIsLost() throws IOException, InterruptedException {
    mount("size=8m");
    Path data = disk.resolve("data");
    try (SqliteStore store = Folders.open(data)) {
      store.write(List.of(batch().numbers(SPEED, number(0, 1)).build()));
      store.seal();
      store.write(List.of(batch().sequence(2).numbers(SPEED, number(1, 2)).build()));
    }
    remount("ro");
    assertThatIOException()
        .isThrownBy(() -> Folders.open(data))
        .withMessageContaining("Read-only file system")
        .withMessageContaining(disk.toString());
    remount("rw");
    try (SqliteStore store = Folders.open(data)) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2);
    }
  }

  @Test
  void aDiskWithoutInodesIsToldAndTheStoreGoesOnWhenThereAreSome()
      throws IOException, InterruptedException {
    mount("size=8m,nr_inodes=40");
    Path data = disk.resolve("data");
    try (SqliteStore store = Folders.open(data)) {
      int fillers = fill();
      store.write(List.of(batch().numbers(SPEED, number(0, 1)).build()));
      assertThatIOException()
          .isThrownBy(store::seal)
          .withMessageContaining("2026-11.db")
          .withMessageContaining("inodes");
      assertThat(store.count(SPEED, ALWAYS)).isOne();
      for (int i = 0; i < fillers; i++) {
        Files.delete(disk.resolve("filler-" + i));
      }
      store.seal();
      assertThat(store.count(SPEED, ALWAYS)).isOne();
    }
    fill();
    assertThatIOException()
        .isThrownBy(() -> Folders.open(disk.resolve("other")))
        .withMessageContaining("No space left");
  }

  private int fill() throws IOException {
    for (int i = 0; ; i++) {
      try {
        Files.createFile(disk.resolve("filler-" + i));
      } catch (FileSystemException e) {
        return i;
      }
    }
  }

  private void mount(String options) throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
    assumeThat(mounted).as("may mount a tmpfs").isTrue();
  }

  private void remount(String mode) throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount," + mode, disk.toString())).isTrue();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
