package fr.vigie.outbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Files in memory that remember, in order, everything done to them and can fail on demand. */
final class MemoryDisk implements Disk {
  /** One change; a file that appears or goes has bytes of its new length or none. */
  record Step(Kind kind, String name, long position, byte[] bytes) {}

  enum Kind {
    CREATE,
    WRITE,
    FORCE,
    DELETE
  }

  private final Map<String, byte[]> files;
  private final List<Step> steps = new ArrayList<>();
  private Predicate<Step> failing = step -> false;
  private int writtenBeforeFailing;

  MemoryDisk() {
    this(Map.of());
  }

  /** The arrays are shared until they are written to. */
  MemoryDisk(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
  }

  Map<String, byte[]> files() {
    return files;
  }

  List<Step> steps() {
    return steps;
  }

  /** A failing write leaves so many of its bytes behind. */
  void failWhen(Predicate<Step> failing, int writtenBeforeFailing) {
    this.failing = failing;
    this.writtenBeforeFailing = writtenBeforeFailing;
  }

  void recover() {
    this.failing = step -> false;
  }

  static void apply(Map<String, byte[]> files, Step step, int length) {
    switch (step.kind) {
      case CREATE -> files.put(step.name, step.bytes.clone());
      case DELETE -> files.remove(step.name);
      case WRITE -> {
        byte[] bytes = files.get(step.name).clone();
        System.arraycopy(step.bytes, 0, bytes, (int) step.position, length);
        files.put(step.name, bytes);
      }
      case FORCE -> {}
    }
  }

  private void does(Step step) throws IOException {
    if (failing.test(step)) {
      if (step.kind == Kind.WRITE) {
        apply(files, step, Math.min(writtenBeforeFailing, step.bytes.length));
      }
      throw new IOException("No space left on device");
    }
    steps.add(step);
    apply(files, step, step.bytes.length);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public DiskFile open(String name) {
    return new MemoryFile(name);
  }

  @Override
  public DiskFile create(String name, int bytes) throws IOException {
    does(new Step(Kind.CREATE, name, 0, new byte[bytes]));
    return new MemoryFile(name);
  }

  @Override
  public void delete(String name) throws IOException {
    does(new Step(Kind.DELETE, name, 0, new byte[0]));
  }

  @Override
  public void copy(String name, String to) {
    files.put(to, files.get(name));
  }

  @Override
  public void lock() {}

  @Override
  public void close() {}

  private final class MemoryFile implements DiskFile {
    private final String name;

    MemoryFile(String name) {
      this.name = name;
    }

    @Override
    public long size() {
      return files.get(name).length;
    }

    @Override
    public int read(byte[] bytes, int from, int length, long position) {
      byte[] file = files.get(name);
      int count = (int) Math.max(0, Math.min(length, file.length - position));
      if (count > 0) {
        System.arraycopy(file, (int) position, bytes, from, count);
      }
      return count;
    }

    @Override
    public void write(byte[] bytes, int from, int length, long position) throws IOException {
      byte[] part = Arrays.copyOfRange(bytes, from, from + length);
      does(new Step(Kind.WRITE, name, position, part));
    }

    @Override
    public void force() throws IOException {
      does(new Step(Kind.FORCE, name, 0, new byte[0]));
    }

    @Override
    public void close() {}
  }
}
