package fr.vigie.example.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file system of its own, mounted for a while; needs root. */
public final class Mount implements Closeable {
  private final Path at;
  private boolean mounted;

  private Mount(Path at) {
    this.at = at;
    this.mounted = true;
  }

  /** One in memory, such as {@code size=8m,nr_inodes=20}. */
  public static Mount memory(Path at, String options) throws IOException {
    Files.createDirectories(at);
    Program.run("mount", "-t", "tmpfs", "-o", options, "vigie-fault", at.toString());
    return new Mount(at);
  }

  /** Makes a file that holds an empty ext4 file system. */
  public static void format(Path image, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    Program.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
  }

  /** One that lives in a file, through a loop device. */
  public static Mount image(Path image, Path at) throws IOException {
    Files.createDirectories(at);
    Program.run("mount", "-o", "loop,errors=remount-ro", image.toString(), at.toString());
    return new Mount(at);
  }

  public Path path() {
    return at;
  }

  /** Fills it to the last byte, until the returned file is deleted. */
  public Path fill() throws IOException {
    Path ballast = at.resolve("ballast");
    byte[] zeros = new byte[64 << 10];
    for (int size = zeros.length; size >= 1; size /= 8) {
      try (OutputStream out =
          Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(zeros, 0, size);
        }
      } catch (IOException full) {
        // Now with a smaller piece: the last bytes count.
      }
    }
    return ballast;
  }

  /** Makes an ext4 file system find an error in itself, upon which it becomes read-only. */
  public void breakDown() throws IOException {
    String device = Program.run("findmnt", "-n", "-o", "SOURCE", at.toString());
    Path trigger =
        Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error");
    Files.writeString(trigger, "vigie fault\n");
  }

  /** Copies the medium as it is now, which is what a power cut leaves. */
  public static void copy(Path image, Path to) throws IOException {
    Files.copy(image, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public synchronized void close() throws IOException {
    if (!mounted) {
      return;
    }
    mounted = false;
    try {
      Program.run("umount", at.toString());
    } catch (IOException busy) {
      Program.run("umount", "-l", at.toString());
    }
  }
}
