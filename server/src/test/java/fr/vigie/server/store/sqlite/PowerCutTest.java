package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.sqlite.Recording.Kind;
import fr.vigie.server.store.sqlite.Recording.Step;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power between the bytes that a real store wrote, as strace recorded them, and opens what
 * is left. A sample of the cuts; {@code -Dvigie.powercut=every} makes each.
 */
class PowerCutTest {
  private static final Span ALWAYS = new Span(at(-1e7), at(1e7));
  private static final boolean EVERY = System.getProperty("vigie.powercut", "").equals("every");
  private static final int PAGE = 4096;
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path temporary = Path.of("");
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, byte[]> durable = new TreeMap<>();
  private final Map<Integer, MemoryStore> twins = new TreeMap<>();
  private Path disk = Path.of("");
  private int begun;
  private int written;
  private boolean dropping;
  private boolean dropped;
  private int cuts;

  @BeforeEach
  void disk() throws IOException {
    System.out.println("seed " + seed);
    disk = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : temporary, "vigie-cut");
  }

  @AfterEach
  void clean() throws IOException {
    empty();
    Files.delete(disk);
  }

  @Test
  void whateverACutLeavesHoldsWhatWasWrittenAndNothingElse()
      throws IOException, InterruptedException {
    assumeThat(Recording.isPossible()).as("strace may record processes").isTrue();
    List<Step> steps =
        Recording.of(RecordedWriter.class, temporary.resolve("data"), temporary.resolve("trace"));
    long bytes = steps.stream().filter(it -> it.kind() == Kind.WRITE).mapToLong(this::size).sum();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.kind() == Kind.SAY) {
        step.text().lines().forEach(this::hear);
        continue;
      }
      if (step.kind() == Kind.WRITE) {
        String where = "seed " + seed + ", step " + i + " to " + step.file();
        double share = EVERY ? 1 : 350.0 / bytes;
        byte[] before = files.getOrDefault(step.file(), new byte[0]);
        for (int length = 0; length < step.bytes().length; length++) {
          if (byteAt(before, step.place() + length) != step.bytes()[length]
              && random.nextDouble() < share) {
            check(with(step, length), where + " cut at " + length);
          }
        }
        if (EVERY || random.nextInt(4) == 0) {
          for (Map<String, byte[]> torn : torn(step)) {
            check(torn, where + " with a torn page");
          }
          check(anyOrder(step), where + " with pages in any order");
        }
      }
      apply(files, step, step.bytes().length);
      follow(step);
      if (EVERY || step.kind() != Kind.WRITE) {
        check(files, "seed " + seed + ", after step " + i + ", " + step.kind());
      }
    }
    assertThat(written).isEqualTo(RecordedWriter.BATCHES);
    assertThat(dropped).isTrue();
    System.out.println(cuts + " cuts of " + bytes + " bytes in " + steps.size() + " steps");
    assertThat(cuts).isGreaterThan(300);
  }

  private void hear(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "write" -> begun = Integer.parseInt(words[1]);
      case "written" -> written = Integer.parseInt(words[1]);
      case "drop" -> dropping = true;
      case "dropped" -> dropped = true;
      default -> {}
    }
  }

  /** What a disk is sure to hold: names at once, content when it was synced. */
  private void follow(Step step) {
    switch (step.kind()) {
      case SYNC -> {
        if (!step.file().isEmpty()) {
          durable.put(step.file(), files.get(step.file()));
        }
      }
      case WRITE, SAY -> {}
      case CREATE, TRUNCATE, RENAME, DELETE -> apply(durable, step, 0);
    }
  }

  private void check(Map<String, byte[]> left, String where) throws IOException {
    cuts++;
    empty();
    for (Map.Entry<String, byte[]> file : left.entrySet()) {
      Files.write(disk.resolve(file.getKey()), file.getValue());
    }
    try (SqliteStore store = Folders.open(disk)) {
      int high = (int) store.highWater(AGENT, 7);
      assertThat(high).as(where).isBetween(written, begun);
      MemoryStore twin = twin(high);
      assertThat(store.damaged()).as(where).isZero();
      assertThat(store.losses("lyon", ALWAYS)).as(where).isEqualTo(twin.losses("lyon", ALWAYS));
      assertSame(store, twin, where);
    } catch (IOException e) {
      throw new AssertionError(where + ": " + e.getMessage(), e);
    }
  }

  private void assertSame(SqliteStore store, MemoryStore twin, String where) throws IOException {
    for (var series : List.of(SPEED, STATE)) {
      Column found = store.range(series, ALWAYS);
      List<Sample> wanted = new ArrayList<>(twin.range(series, ALWAYS));
      if (dropping) {
        Set<Sample> there = new HashSet<>(found);
        wanted.removeIf(
            sample ->
                sample.time().isBefore(at(RecordedWriter.MONTH - 86_400))
                    && RecordedWriter.sequence(sample) <= RecordedWriter.BEFORE_DROP
                    && (dropped || !there.contains(sample)));
      }
      assertThat(found).as(where).containsExactlyElementsOf(wanted);
    }
  }

  private MemoryStore twin(int high) {
    return twins.computeIfAbsent(
        high,
        key -> {
          MemoryStore twin = new MemoryStore();
          for (int sequence = 1; sequence <= high; sequence++) {
            twin.write(List.of(RecordedWriter.batch(sequence)));
          }
          return twin;
        });
  }

  private Map<String, byte[]> with(Step step, int length) {
    Map<String, byte[]> left = new TreeMap<>(files);
    apply(left, step, length);
    return left;
  }

  /** The last page written is zero, half old and half new, or also where it is not. */
  private List<Map<String, byte[]>> torn(Step step) {
    Map<String, byte[]> whole = with(step, step.bytes().length);
    byte[] old = files.getOrDefault(step.file(), new byte[0]);
    byte[] now = whole.get(step.file());
    int end = step.place() + step.bytes().length;
    int from = Math.max(step.place(), (end - 1) / PAGE * PAGE);
    int middle = (from + end) / 2;
    List<Map<String, byte[]>> all = new ArrayList<>();
    all.add(put(whole, step, over(now, new byte[end - from], 0, from, end - from)));
    all.add(put(whole, step, over(now, new byte[end - middle], 0, middle, end - middle)));
    all.add(put(whole, step, over(now, Arrays.copyOf(old, now.length), from, from, middle - from)));
    if (step.file().endsWith("-wal")) {
      byte[] longer = Arrays.copyOf(now, Math.max(now.length, end + step.bytes().length));
      all.add(put(whole, step, over(longer, step.bytes(), 0, end, step.bytes().length)));
    }
    return all;
  }

  /** Of what was not synced some pages reached the disk and some did not. */
  private Map<String, byte[]> anyOrder(Step step) {
    Map<String, byte[]> left = new TreeMap<>(durable);
    Map<String, byte[]> now = with(step, step.bytes().length);
    left.replaceAll(
        (name, old) -> {
          byte[] cached = now.getOrDefault(name, old);
          byte[] mixed = Arrays.copyOf(old, random.nextBoolean() ? cached.length : old.length);
          for (int at = 0; at < mixed.length; at += PAGE) {
            int length = Math.min(PAGE, Math.min(cached.length, mixed.length) - at);
            if (length > 0 && random.nextBoolean()) {
              System.arraycopy(cached, at, mixed, at, length);
            }
          }
          return mixed;
        });
    return left;
  }

  private static void apply(Map<String, byte[]> files, Step step, int length) {
    byte[] old = files.getOrDefault(step.file(), new byte[0]);
    switch (step.kind()) {
      case CREATE -> files.putIfAbsent(step.file(), old);
      case WRITE -> {
        byte[] now = Arrays.copyOf(old, Math.max(old.length, step.place() + length));
        System.arraycopy(step.bytes(), 0, now, step.place(), length);
        files.put(step.file(), now);
      }
      case TRUNCATE -> files.put(step.file(), Arrays.copyOf(old, step.place()));
      case DELETE -> files.remove(step.file());
      case RENAME -> {
        files.remove(step.file());
        files.put(step.text(), old);
      }
      case SYNC, SAY -> {}
    }
  }

  private static Map<String, byte[]> put(Map<String, byte[]> files, Step step, byte[] bytes) {
    Map<String, byte[]> left = new TreeMap<>(files);
    left.put(step.file(), bytes);
    return left;
  }

  private static byte[] over(byte[] base, byte[] from, int at, int to, int length) {
    byte[] bytes = base.clone();
    System.arraycopy(from, at, bytes, to, length);
    return bytes;
  }

  private static int byteAt(byte[] bytes, int place) {
    return place < bytes.length ? bytes[place] : 0;
  }

  private long size(Step step) {
    return step.bytes().length;
  }

  private void empty() throws IOException {
    for (Path file : Folders.files(disk)) {
      Files.delete(file);
    }
  }
}
