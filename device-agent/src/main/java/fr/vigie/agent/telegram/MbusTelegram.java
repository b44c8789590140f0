package fr.vigie.agent.telegram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a meter answers on an M-Bus: a header and variable data records (EN 13757-3, CI 72h). Read
 * whole or not at all. Records of a meaning that is not certain are passed over: dates, texts, what
 * the maker defines, and units that are not in the table.
 *
 * @param id eight digits on the meter's plate
 * @param manufacturer three letters
 * @param medium such as 2 for electricity, 7 for water
 * @param access counts the answers
 * @param doubtful whether the meter reports an error of its own
 * @param more whether it has more to tell
 */
public record MbusTelegram(
    String id,
    String manufacturer,
    int version,
    int medium,
    int access,
    boolean doubtful,
    boolean more,
    List<MbusRecord> records) {
  private static final byte VARIABLE = 0x72;
  private static final int HEADER = 13;
  private static final int BUSY_OR_ERROR = 0x03;
  private static final int DOUBTFUL = 0x18;

  public MbusTelegram {
    records = List.copyOf(records);
  }

  /**
   * @param content of a frame, from its CI field on
   * @throws MbusException when it is not wholly understood
   */
  public static MbusTelegram read(byte[] content) throws MbusException {
    if (content.length < HEADER || content[0] != VARIABLE) {
      throw new MbusException("an answer of another form than variable data");
    }
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    in.get();
    String id = String.format(Locale.ROOT, "%08X", in.getInt());
    int maker = in.getShort();
    int version = in.get() & 0xff;
    int medium = in.get() & 0xff;
    int access = in.get() & 0xff;
    int status = in.get();
    if (in.getShort() != 0) {
      throw new MbusException("an answer that is encrypted");
    }
    if ((status & BUSY_OR_ERROR) != 0) {
      throw new MbusException("a meter that is busy or has an error, status " + (status & 0xff));
    }
    MbusRecords records = new MbusRecords(in);
    List<MbusRecord> all = records.readAll();
    return new MbusTelegram(
        id,
        manufacturer(maker),
        version,
        medium,
        access,
        (status & DOUBTFUL) != 0,
        records.more(),
        numbered(all));
  }

  private static String manufacturer(int code) {
    return new String(
        new char[] {
          (char) ((code >> 10 & 31) + 64), (char) ((code >> 5 & 31) + 64), (char) ((code & 31) + 64)
        });
  }

  /** Records that mean the same to their names are told apart by their order. */
  private static List<MbusRecord> numbered(List<MbusRecord> records) {
    Map<String, Integer> times = new HashMap<>();
    List<MbusRecord> numbered = new ArrayList<>();
    for (MbusRecord record : records) {
      int time = times.merge(record.key(), 1, Integer::sum);
      numbered.add(
          time == 1
              ? record
              : new MbusRecord(record.key() + '.' + time, record.unit(), record.value()));
    }
    return numbered;
  }
}
