package fr.vigie.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each device's own sequence had come in what the server has acknowledged, in a small file
 * that is overwritten in place. It tells an agent that was killed what it need not declare. Nothing
 * waits for the medium: what stands in the file stays true for ever, so an old state of it, after a
 * power cut, only makes the agent declare more than was lost. A damaged one counts for nothing.
 */
final class MarkBook {
  static final String NAME = "acknowledged";
  private static final Logger LOG = LoggerFactory.getLogger(MarkBook.class);
  private static final int HEAD = 24;
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private Position position = Position.BEFORE_ALL;
  private Map<String, Long> marks = Map.of();
  private boolean refused;

  MarkBook(Path folder) {
    file = folder.resolve(NAME);
    try {
      if (Files.exists(file) && Files.size(file) <= MOST_BYTES) {
        read(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be read, more may be declared lost than was: {}", file, e.toString());
    }
  }

  private void read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD) {
      return;
    }
    int end = in.getInt(4);
    if (end >= HEAD && end <= bytes.length && in.getInt(0) == check(bytes, end)) {
      marks = Parcel.of(Arrays.copyOfRange(bytes, HEAD, end)).marks();
      position = new Position(in.getLong(8), in.getLong(16));
    }
  }

  private static int check(byte[] bytes, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 4, end - 4);
    return (int) crc.getValue();
  }

  /** Of the newest batch in here. */
  Position position() {
    return position;
  }

  /** The marks of the newest batch in here, if it is newer than another. */
  Map<String, Long> newer(Position other, Map<String, Long> itsMarks) {
    return position.isAfter(other) ? marks : itsMarks;
  }

  /** Everything up to a batch is with the server, or on the medium in the outbox. */
  void write(Position batch, Map<String, Long> itsMarks) {
    if (itsMarks.equals(marks)) {
      return;
    }
    byte[] parcel = new Parcel(itsMarks, 0, new byte[0]).toBytes();
    byte[] bytes = new byte[HEAD + parcel.length];
    ByteBuffer.wrap(bytes)
        .putInt(4, bytes.length)
        .putLong(8, batch.epoch())
        .putLong(16, batch.sequence())
        .position(HEAD)
        .put(parcel)
        .putInt(0, check(bytes, bytes.length));
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      position = batch;
      marks = itsMarks;
      refused = false;
    } catch (IOException e) {
      if (!refused) {
        LOG.warn("{} cannot be written, after a kill more is declared: {}", file, e.toString());
      }
      refused = true;
    }
  }
}
