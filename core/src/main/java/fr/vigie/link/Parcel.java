package fr.vigie.link;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the outbox keeps of a batch: the bytes for the wire, and beside them how far each device's
 * own sequence had come, so that after a power cut the agent knows what it has never heard.
 *
 * @param session of the boot that the batch's moments count from; 0 when all of them are dates
 */
record Parcel(Map<String, Long> marks, long session, byte[] wire) {
  /** Stands before the session, where a parcel of dates has the number of its marks. */
  private static final int UNDATED = 0xFFFF;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(wire.length + 32);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (session != 0) {
        out.writeShort(UNDATED);
        out.writeLong(session);
      }
      out.writeShort(marks.size());
      for (Map.Entry<String, Long> mark : marks.entrySet()) {
        out.writeUTF(mark.getKey());
        out.writeLong(mark.getValue());
      }
      out.write(wire);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException when the bytes are no parcel
   */
  static Parcel of(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int count = in.readUnsignedShort();
    long session = 0;
    if (count == UNDATED) {
      session = in.readLong();
      count = in.readUnsignedShort();
    }
    Map<String, Long> marks = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String sensor = in.readUTF();
      marks.put(sensor, in.readLong());
    }
    return new Parcel(marks, session, in.readAllBytes());
  }
}
