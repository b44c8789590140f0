package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import fr.vigie.time.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A batch in bytes: an envelope, a block of columns, and a checksum of both. */
final class ColumnsBatch {
  private static final int VERSION = 1;

  private ColumnsBatch() {}

  static byte[] encode(Batch batch) {
    List<Batch.Part> parts =
        batch.parts().stream().sorted(Comparator.comparingInt(Batch.Part::signal)).toList();
    Bytes.Writer out = new Bytes.Writer();
    out.put(VERSION);
    out.fixed(batch.epoch(), 8);
    out.fixed(batch.birth(), 4);
    out.count(batch.sequence());
    out.count(batch.sequence() - batch.floor());
    out.count(batch.losses().size());
    for (Loss loss : batch.losses()) {
      out.text(loss.source());
      out.instant(loss.when().start());
      out.instant(loss.when().end());
      out.signed(loss.count());
      out.text(loss.reason().name());
    }
    places(out, parts);
    out.bytes(ColumnCodec.encodeBlock(parts.stream().map(Batch.Part::samples).toList()));
    out.fixed(crc(out.array(), out.size()), 4);
    return out.toByteArray();
  }

  private static void places(Bytes.Writer out, List<Batch.Part> parts) {
    out.count(parts.size());
    int next = 0;
    for (int i = 0; i < parts.size(); ) {
      int start = parts.get(i).signal();
      int end = i + 1;
      while (end < parts.size() && parts.get(end).signal() == start + end - i) {
        end++;
      }
      out.count(start - next);
      out.count(end - i);
      next = start + end - i;
      i = end;
    }
  }

  static Batch decode(byte[] bytes) throws WireException {
    if (bytes.length == 0) {
      throw new WireException("batch: found nothing");
    }
    if (bytes[0] != VERSION) {
      throw new WireException(
          String.format("batch: found first byte 0x%02x, wanted '{' or 0x%02x", bytes[0], VERSION));
    }
    if (bytes.length > Json.MOST_BYTES) {
      throw new WireException(
          "batch: found " + bytes.length + " bytes, wanted at most " + Json.MOST_BYTES);
    }
    int end = bytes.length - 4;
    if (end < 1 || new Bytes.Reader(bytes, end, bytes.length).fixed(4) != crc(bytes, end)) {
      throw new WireException("batch: the checksum does not match: cut off or damaged");
    }
    try {
      return read(new Bytes.Reader(bytes, 1, end));
    } catch (IllegalArgumentException e) {
      throw new WireException("batch: " + e.getMessage());
    }
  }

  /** The identity in an undamaged envelope, whatever follows it. */
  static Optional<BatchIdentity> identity(byte[] bytes) {
    int end = bytes.length - 4;
    try {
      if (end < 1
          || bytes[0] != VERSION
          || new Bytes.Reader(bytes, end, bytes.length).fixed(4) != crc(bytes, end)) {
        return Optional.empty();
      }
      Bytes.Reader in = new Bytes.Reader(bytes, 1, end);
      long epoch = in.fixed(8);
      in.fixed(4);
      long sequence = in.count("sequence", Long.MAX_VALUE);
      return sequence > 0 ? Optional.of(new BatchIdentity(epoch, sequence)) : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  private static Batch read(Bytes.Reader in) throws WireException {
    long epoch = in.fixed(8);
    int birth = (int) in.fixed(4);
    long sequence = in.count("sequence", Long.MAX_VALUE);
    long floor = sequence - in.count("floor", sequence);
    List<Loss> losses = new ArrayList<>();
    for (long left = in.count("losses", BatchCodec.MOST_LOSSES); left > 0; left--) {
      losses.add(
          new Loss(in.text(), new Span(in.instant(), in.instant()), in.signed(), reason(in)));
    }
    int[] places = places(in);
    List<Column> columns;
    try {
      columns = ColumnCodec.decodeBlock(in.rest());
    } catch (ColumnException e) {
      throw new WireException("batch: " + e.getMessage());
    }
    if (columns.size() != places.length) {
      throw new WireException(
          "batch: found " + columns.size() + " columns for " + places.length + " signals");
    }
    List<Batch.Part> parts = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      parts.add(new Batch.Part(places[i], columns.get(i)));
    }
    return new Batch(epoch, sequence, floor, birth, parts, losses);
  }

  private static int[] places(Bytes.Reader in) throws WireException {
    int[] places = new int[(int) in.count("parts", BatchCodec.MOST_SIGNALS)];
    int next = 0;
    for (int i = 0; i < places.length; ) {
      next += (int) in.count("place", BatchCodec.MOST_SIGNALS - 1L - next);
      int run =
          (int)
              in.count(
                  "run of places", Math.min(places.length - i, BatchCodec.MOST_SIGNALS - next));
      if (run == 0) {
        throw new WireException("batch: found an empty run of places");
      }
      for (int end = i + run; i < end; i++) {
        places[i] = next++;
      }
    }
    return places;
  }

  private static Loss.Reason reason(Bytes.Reader in) throws WireException {
    String word = in.text();
    for (Loss.Reason reason : Loss.Reason.values()) {
      if (reason.name().equals(word)) {
        return reason;
      }
    }
    throw new WireException(
        "batch: found the reason "
            + JsonReader.quoted(word)
            + " of a loss, wanted one of "
            + List.of(Loss.Reason.values()));
  }

  private static long crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
