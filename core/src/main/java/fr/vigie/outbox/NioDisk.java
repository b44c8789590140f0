package fr.vigie.outbox;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder of the file system. */
final class NioDisk implements Disk {
  static final String LOCK = "lock";
  static final String UNFINISHED = ".tmp";
  private static final int CHUNK = 64 << 10;

  /**
   * Folders whose lock this process holds. A second try must not open the lock's file: the kernel
   * lets go of a process's lock when the process closes any of its openings.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final List<FileChannel> opened = new ArrayList<>();
  private Optional<Path> locked = Optional.empty();

  NioDisk(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The file is closed with the disk at the latest. */
  @Override
  public DiskFile open(String name) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve(name), READ, WRITE);
    opened.add(channel);
    return new NioFile(channel);
  }

  @Override
  public DiskFile create(String name, int bytes) throws IOException {
    Path unfinished = folder.resolve(name + UNFINISHED);
    Files.deleteIfExists(unfinished);
    try (FileChannel channel = FileChannel.open(unfinished, CREATE_NEW, WRITE)) {
      NioFile file = new NioFile(channel);
      file.write(new byte[bytes], 0, bytes, 0);
      channel.force(true);
    } catch (IOException failed) {
      Files.deleteIfExists(unfinished);
      throw failed;
    }
    Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    forceNames();
    return open(name);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    forceNames();
  }

  @Override
  public void copy(String name, String to) throws IOException {
    Path unfinished = folder.resolve(to + UNFINISHED);
    try {
      Files.copy(folder.resolve(name), unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      Files.deleteIfExists(unfinished);
      throw failed;
    }
  }

  @Override
  public void lock() throws IOException {
    Path place = folder.toRealPath();
    if (!LOCKED.add(place)) {
      throw new IOException("outbox " + folder + " is already open in this process");
    }
    try {
      take(FileChannel.open(folder.resolve(LOCK), CREATE, READ, WRITE));
      locked = Optional.of(place);
    } finally {
      if (locked.isEmpty()) {
        LOCKED.remove(place);
      }
    }
  }

  private void take(FileChannel channel) throws IOException {
    if (channel.tryLock() == null) {
      String holder = holder(channel);
      channel.close();
      throw new IOException("outbox " + folder + " is in use by another process" + holder);
    }
    opened.add(0, channel);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    return text.matches("\\d+") ? " (pid " + text + ")" : "";
  }

  private void forceNames() throws IOException {
    try (FileChannel names = FileChannel.open(folder, READ)) {
      names.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (int i = opened.size() - 1; i >= 0; i--) {
        opened.get(i).close();
      }
    } finally {
      opened.clear();
      locked.ifPresent(LOCKED::remove);
      locked = Optional.empty();
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private record NioFile(FileChannel channel) implements DiskFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(byte[] bytes, int from, int length, long position) throws IOException {
      int done = 0;
      while (done < length) {
        int chunk = Math.min(CHUNK, length - done);
        int count = channel.read(ByteBuffer.wrap(bytes, from + done, chunk), position + done);
        if (count < 0) {
          break;
        }
        done += count;
      }
      return done;
    }

    @Override
    public void write(byte[] bytes, int from, int length, long position) throws IOException {
      int done = 0;
      while (done < length) {
        int chunk = Math.min(CHUNK, length - done);
        done += channel.write(ByteBuffer.wrap(bytes, from + done, chunk), position + done);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
