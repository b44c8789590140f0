package fr.vigie.example.powercut;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A mounted ext4 file system in a file: what is in the file is what a power cut would leave. */
final class LoopDisk implements Closeable {
  private static final int MEGABYTES = 128;
  private static final int TRIALS = 200;
  private static final int WRITES = 4;
  private static final int SECTORS = 6;
  private static final int UNDER_WAY = 8;
  private static final int FLUSHES = 15;

  private final Path image;
  private final Path folder;
  private boolean mounted;

  private LoopDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /** Makes an empty file system in a new file, and mounts it. */
  static LoopDisk create(Path image) throws IOException, InterruptedException {
    Files.deleteIfExists(image);
    run("truncate", "-s", MEGABYTES + "M", image.toString());
    run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
    return mount(image);
  }

  /** Mounts what a file holds, as after a restart of the machine. */
  static LoopDisk mount(Path image) throws IOException, InterruptedException {
    Path folder = image.resolveSibling(image.getFileName() + ".mount");
    Files.createDirectories(folder);
    LoopDisk disk = new LoopDisk(image, folder);
    run("mount", "-o", "loop", image.toString(), folder.toString());
    disk.mounted = true;
    return disk;
  }

  Path image() {
    return image;
  }

  Path folder() {
    return folder;
  }

  /**
   * Copies the file at a moment when the kernel writes nothing to it, which makes the copy what one
   * moment would have left.
   */
  void copyTo(Path target) throws IOException, InterruptedException {
    String[] words = run("losetup", "-n", "-O", "NAME", "-j", image.toString()).split("\\s+");
    Path stat = Path.of("/sys/block", Path.of(words[0]).getFileName().toString(), "stat");
    for (int trial = 0; trial < TRIALS; trial++) {
      String[] before = Files.readString(stat).strip().split("\\s+");
      run("cp", "--sparse=always", "--reflink=never", image.toString(), target.toString());
      String[] after = Files.readString(stat).strip().split("\\s+");
      if (before[UNDER_WAY].equals("0")
          && after[UNDER_WAY].equals("0")
          && before[WRITES].equals(after[WRITES])
          && before[SECTORS].equals(after[SECTORS])
          && before[FLUSHES].equals(after[FLUSHES])) {
        return;
      }
    }
    throw new IOException("the kernel never stops writing to " + image);
  }

  @Override
  public void close() throws IOException {
    if (mounted) {
      mounted = false;
      try {
        run("umount", folder.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * @throws IOException when the program is missing or does not end well, with its words
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", List.of(command)) + ": " + words.strip());
    }
    return words.strip();
  }
}
