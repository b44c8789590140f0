package fr.vigie.column;

import fr.vigie.signal.Quality;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BlockWriter} wrote; allocates nothing that was not checked against a limit. */
final class BlockReader {
  private static final String[] NO_TEXTS = new String[0];
  private static final double[] NO_NUMBERS = new double[0];

  private final BitReader in;
  private final IntegerReader integers;
  private final NumberReader numbers;

  BlockReader(BitReader in) {
    this.in = in;
    this.integers = new IntegerReader(in);
    this.numbers = new NumberReader(in, integers);
  }

  List<Column> read() throws ColumnException {
    int size = in.count("columns", Math.min(ColumnCodec.MOST_COLUMNS, in.remaining()));
    long[][] times = times(in.count("groups of times", size));
    int groupBits = BlockWriter.groupBits(times.length);
    List<Column> columns = new ArrayList<>(size);
    long samples = 0;
    for (int i = 0; i < size; i++) {
      int group = (int) in.bits(groupBits);
      if (group >= times.length) {
        throw new ColumnException("found times " + group + " of " + times.length);
      }
      samples += times[group].length;
      check(samples);
      columns.add(column(times[group]));
    }
    in.end();
    return columns;
  }

  private long[][] times(int groups) throws ColumnException {
    long[][] times = new long[groups][];
    long samples = 0;
    long last = 0;
    for (int group = 0; group < groups; group++) {
      int length = in.count("times", ColumnCodec.MOST_SAMPLES);
      samples += length;
      check(samples);
      times[group] = new long[length];
      integers.read(times[group], 0, length, last);
      last = length == 0 ? last : times[group][length - 1];
    }
    return times;
  }

  private static void check(long samples) throws ColumnException {
    if (samples > ColumnCodec.MOST_SAMPLES) {
      throw new ColumnException("found more than " + ColumnCodec.MOST_SAMPLES + " samples in all");
    }
  }

  private Column column(long[] nanos) throws ColumnException {
    boolean text = in.bit();
    byte[] qualities = new byte[nanos.length];
    int present = in.bit() ? qualities(qualities) : nanos.length;
    if (text) {
      return new Column(true, nanos, NO_NUMBERS, texts(qualities, present), qualities);
    }
    return new Column(false, nanos, numbers(qualities, present), NO_TEXTS, qualities);
  }

  /** Fills the qualities and tells how many samples have a value. */
  private int qualities(byte[] qualities) throws ColumnException {
    long[] places = new long[qualities.length];
    integers.read(places, 0, places.length, 0);
    int present = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 || places[i] >= Quality.values().length) {
        throw new ColumnException("found the unknown quality " + places[i]);
      }
      qualities[i] = (byte) places[i];
      present += places[i] == Quality.MISSING.ordinal() ? 0 : 1;
    }
    return present;
  }

  private double[] numbers(byte[] qualities, int present) throws ColumnException {
    double[] values = new double[present];
    numbers.read(values);
    if (present == qualities.length) {
      return values;
    }
    double[] spread = new double[qualities.length];
    for (int i = 0, next = 0; i < spread.length; i++) {
      if (qualities[i] != Quality.MISSING.ordinal()) {
        spread[i] = values[next++];
      }
    }
    return spread;
  }

  private String[] texts(byte[] qualities, int present) throws ColumnException {
    String[] dictionary = new String[in.count("texts", Math.min(present, in.remaining()))];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = text();
    }
    long[] indices = new long[present];
    integers.read(indices, 0, present, 0);
    String[] texts = new String[qualities.length];
    for (int i = 0, next = 0; i < texts.length; i++) {
      if (qualities[i] == Quality.MISSING.ordinal()) {
        texts[i] = "";
        continue;
      }
      long index = indices[next++];
      if (index < 0 || index >= dictionary.length) {
        throw new ColumnException("found text " + index + " of " + dictionary.length);
      }
      texts[i] = dictionary[(int) index];
    }
    return texts;
  }

  private String text() throws ColumnException {
    byte[] utf8 = new byte[in.count("bytes of a text", in.remaining() / 8)];
    for (int i = 0; i < utf8.length; i++) {
      utf8[i] = (byte) in.bits(8);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ColumnException("found a text that is not UTF-8");
    }
  }
}
