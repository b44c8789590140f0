package fr.vigie.outbox;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is released and what was dropped, in a file of two halves that are overwritten in turn. Each
 * half is whole in itself and carries a generation; the newer whole one counts.
 */
final class Marks {
  static final String NAME = "marks";
  static final int HALF = 64 << 10;
  static final int VERSION = 1;
  private static final long MAGIC = 0x564947494541434BL;
  private static final int HEAD = 32;
  private static final int MOST_EPOCHS = 2048;

  /**
   * @param oldest number of the first segment that still counts
   * @param base ordinal of its first record
   * @param durable ordinal after the last record known to be on the medium
   */
  record State(
      long oldest, long base, long durable, List<Epochs.Mark> epochs, List<Losses.Entry> losses) {
    static final State NONE = new State(0, 0, 0, List.of(), List.of());
  }

  private final DiskFile file;
  private long generation;
  private State written = State.NONE;

  private Marks(DiskFile file) {
    this.file = file;
  }

  static Marks create(Disk disk) throws IOException {
    return new Marks(disk.create(NAME, 2 * HALF));
  }

  /** Reads what the last {@link #write} left; {@link State#NONE} when neither half is whole. */
  static Marks open(Disk disk) throws IOException {
    Marks marks = new Marks(disk.open(NAME));
    for (int half = 0; half < 2; half++) {
      byte[] bytes = new byte[HALF];
      marks.file.read(bytes, 0, HALF, (long) half * HALF);
      marks.take(bytes);
    }
    return marks;
  }

  State written() {
    return written;
  }

  private void take(byte[] half) {
    ByteBuffer in = ByteBuffer.wrap(half);
    if (!isWhole(half) || in.getLong(16) < generation) {
      return;
    }
    generation = in.getLong(16);
    in.position(HEAD);
    long oldest = in.getLong();
    long base = in.getLong();
    long durable = in.getLong();
    List<Epochs.Mark> epochs = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      epochs.add(new Epochs.Mark(in.getLong(), in.getLong()));
    }
    List<Losses.Entry> losses = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      losses.add(entry(in));
    }
    written = new State(oldest, base, durable, epochs, losses);
  }

  private static Losses.Entry entry(ByteBuffer in) {
    int flags = in.getInt();
    Dropped dropped =
        new Dropped(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            new Span(Nanos.instant(in.getLong()), Nanos.instant(in.getLong())),
            (flags & 1) == 0 ? Dropped.Reason.FULL : Dropped.Reason.DAMAGED);
    return new Losses.Entry(dropped, in.getLong(), in.getLong(), (flags & 2) != 0);
  }

  private static void put(ByteBuffer out, Losses.Entry entry) {
    Dropped dropped = entry.dropped();
    int damaged = dropped.reason() == Dropped.Reason.DAMAGED ? 1 : 0;
    out.putInt(damaged + (entry.confirmed() ? 2 : 0)).putLong(dropped.epoch());
    out.putLong(dropped.first()).putLong(dropped.last()).putLong(dropped.records());
    out.putLong(Nanos.of(dropped.when().start())).putLong(Nanos.of(dropped.when().end()));
    out.putLong(entry.from()).putLong(entry.to());
  }

  static Optional<Integer> otherVersion(byte[] half) {
    ByteBuffer in = ByteBuffer.wrap(half);
    boolean other = in.getLong(0) == MAGIC && in.getInt(8) > VERSION && !isWhole(half);
    return other ? Optional.of(in.getInt(8)) : Optional.empty();
  }

  private static boolean isWhole(byte[] half) {
    ByteBuffer in = ByteBuffer.wrap(half);
    int length = in.getInt(24);
    return in.getLong(0) == MAGIC
        && length >= HEAD
        && length <= HALF
        && in.getInt(12) == check(half, length);
  }

  private static int check(byte[] half, int length) {
    CRC32C crc = new CRC32C();
    crc.update(half, 16, length - 16);
    crc.update(VERSION);
    return (int) crc.getValue();
  }

  /** Durable once this returns; after an exception what was written before still stands. */
  void write(State state) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(HALF).position(HEAD);
    out.putLong(state.oldest).putLong(state.base).putLong(state.durable);
    List<Epochs.Mark> epochs = state.epochs.stream().limit(MOST_EPOCHS).toList();
    out.putInt(epochs.size());
    epochs.forEach(mark -> out.putLong(mark.epoch()).putLong(mark.sequence()));
    out.putInt(state.losses.size());
    state.losses.forEach(entry -> put(out, entry));
    int length = out.position();
    out.putLong(0, MAGIC).putInt(8, VERSION).putLong(16, generation + 1).putInt(24, length);
    out.putInt(12, check(out.array(), length));
    file.write(out.array(), 0, length, (generation + 1) % 2 * HALF);
    file.force();
    generation++;
    written = state;
  }

  /** As {@link #write}, into both halves: no single damage can bring back what was before. */
  void writeTwice(State state) throws IOException {
    write(state);
    write(state);
  }
}
