package fr.vigie.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Durable queue of batches on disk. Any thread may call; one lock serves all. */
public final class Outbox implements Closeable {
  /**
   * @param maxBytes that the segments may take on disk, at least two of them
   * @param segmentBytes of one segment, a multiple of 4096 from 16 KiB to 64 MiB
   */
  public record Settings(long maxBytes, int segmentBytes) {
    /** 256 MiB in segments of 2 MiB. */
    public static Settings defaults() {
      return new Settings(256L << 20, 2 << 20);
    }
  }

  /**
   * @param epoch and
   * @param sequence identify it
   * @param payload the caller's bytes; the caller owns the array
   */
  public record Record(long epoch, long sequence, byte[] payload) {}

  private Outbox() {}

  /** As {@link #open(Path, Settings, InstantSource)} with the system's clock. */
  public static Outbox open(Path folder, Settings settings) throws IOException {
    return open(folder, settings, InstantSource.system());
  }

  /**
   * Opens or creates the outbox of a folder and takes its lock.
   *
   * @param clock stamps segments, for {@link Dropped#when()} only
   * @throws IOException when another process holds it, a newer program wrote it, or the disk fails
   */
  public static Outbox open(Path folder, Settings settings, InstantSource clock)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** What {@link #open} found. */
  public Recovery recovery() {
    throw new UnsupportedOperationException();
  }

  /**
   * Hands a record to the operating system; {@link #sync} makes it durable.
   *
   * @throws IllegalArgumentException when the epoch has pending records and the sequence is not the
   *     next, when it is not above the epoch's last one, or the payload does not fit a segment
   * @throws IOException when the disk refuses; the record is then not in the outbox and may be
   *     appended again
   */
  public void append(long epoch, long sequence, byte[] payload) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * After it every record appended before is durable.
   *
   * @throws IOException when the disk refuses; nothing is then lost in memory, and the next call
   *     writes everything since the last good one again
   */
  public void sync() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The oldest records not released: at least one if there is any, then up to both limits. */
  public List<Record> pending(int maxRecords, long maxBytes) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * As {@link #pending}, from what follows this record; from the oldest if its epoch is unknown.
   */
  public List<Record> pendingAfter(long epoch, long sequence, int maxRecords, long maxBytes)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets go of every record of the epoch up to and with this sequence. Becomes durable with some
   * later {@link #sync} or {@link #close}: a power cut before only brings records back.
   */
  public void release(long epoch, long sequence) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The last record ever appended that can be read, released or not. */
  public Optional<Record> last() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * What was dropped and not yet confirmed, oldest first. It comes back, after a crash too, until
   * {@link #confirmDropped}.
   */
  public List<Dropped> takeDropped() {
    throw new UnsupportedOperationException();
  }

  /** Forgets these drops, durably: somebody else now keeps the word of them. */
  public void confirmDropped(List<Dropped> declared) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Bytes that segments with pending records hold. */
  public long bytes() {
    throw new UnsupportedOperationException();
  }

  /** How many records are pending. */
  public long records() {
    throw new UnsupportedOperationException();
  }

  /** Syncs, writes down what is released and gives up the lock. */
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
