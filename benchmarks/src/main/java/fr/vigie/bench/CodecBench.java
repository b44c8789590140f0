package fr.vigie.bench;

import com.sun.management.ThreadMXBean;
import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import fr.vigie.signal.Quality;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Payload;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Bytes and nanoseconds a sample of the column codec, on made-up machine data with a fixed seed,
 * beside Deflater on raw longs and doubles.
 */
public final class CodecBench {
  private static final long START = 1_764_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final String[] STATES = {"ACTIVE", "READY", "STOPPED", "INTERRUPTED"};
  private static final int CHUNK = 4096;
  private static volatile long sink;

  private CodecBench() {}

  public static void main(String[] args) throws Exception {
    System.out.printf(
        "%-34s %10s %12s %10s %10s %14s %14s%n",
        "",
        "samples",
        "bytes/sample",
        "encode ns",
        "decode ns",
        "encode alloc B",
        "decode alloc B");
    wire("wire, 100 signals x 10 Hz, 1 s", Payload.COLUMNS);
    wire("the same in JSON", Payload.JSON);
    List<Column> mix = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Column column = series(i, CHUNK, SECOND / 10, 7);
      mix.add(column);
      chunks(
          List.of("state", "counter", "0.1 steps", "0.01 steps", "held speed", "noise").get(i),
          List.of(column));
    }
    chunks("irregular times, 1 us", List.of(irregular()));
    chunks("17-digit numbers", List.of(exact()));
    chunks("floats with 2 decimals", List.of(floats()));
    chunks("six of the mix, chunks of 4096", mix);
    List<Column> small = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      small.add(series(i, 512, SECOND / 10, 7));
    }
    chunks("six of the mix, chunks of 512", small);
    onChange();
    deflate("Deflater 6 on the mix, raw", mix);
  }

  private static void wire(String name, Payload payload) throws WireException {
    List<Batch> batches = new ArrayList<>();
    List<Column> whole = new ArrayList<>();
    int seconds = 60;
    for (int signal = 0; signal < 100; signal++) {
      whole.add(series(MIX[signal % MIX.length], seconds * 10, SECOND / 10, signal));
    }
    for (int second = 0; second < seconds; second++) {
      List<Batch.Part> parts = new ArrayList<>();
      for (int signal = 0; signal < 100; signal++) {
        parts.add(new Batch.Part(signal, cut(whole.get(signal), second * 10, second * 10 + 10)));
      }
      batches.add(new Batch(START, 86_400 + second, 86_390 + second, 0x1a2b3c4d, parts, List.of()));
    }
    int topic = new Topic("lyon", "press-7", Topic.Channel.DATA).toString().length();
    long bytes = 0;
    List<byte[]> messages = new ArrayList<>();
    for (Batch batch : batches) {
      byte[] message = BatchCodec.encode(batch, payload);
      messages.add(message);
      int variable = 2 + topic + 2 + message.length;
      bytes += 1 + (variable < 128 ? 1 : variable < 16_384 ? 2 : 3) + variable;
    }
    long samples = seconds * 1000L;
    Cost encode =
        time(
            samples,
            () -> {
              for (Batch batch : batches) {
                sink += BatchCodec.encode(batch, payload).length;
              }
            });
    Cost decode =
        time(
            samples,
            () -> {
              for (byte[] message : messages) {
                sink += BatchCodec.decode(message).parts().size();
              }
            });
    print(name, samples, bytes, encode, decode);
  }

  /** State, counter, 0.1 steps, 0.01 steps, held speed, noise: which of them, of ten signals. */
  private static final int[] MIX = {0, 1, 2, 3, 4, 5, 1, 2, 3, 4};

  private static Column series(int sort, int size, long period, long seed) {
    Random random = new Random(seed * 1000 + sort);
    Column.Builder column = sort == 0 ? Column.texts() : Column.numbers();
    IntToDoubleFunction numbers = numbers(sort, random);
    int state = 0;
    for (int i = 0; i < size; i++) {
      long time = START + i * period;
      if (sort == 0) {
        state = random.nextInt(200) == 0 ? random.nextInt(STATES.length) : state;
        column.add(time, STATES[state], Quality.GOOD);
      } else {
        column.add(time, numbers.applyAsDouble(i), Quality.GOOD);
      }
    }
    return column.build();
  }

  private static IntToDoubleFunction numbers(int sort, Random random) {
    long[] held = {200 + random.nextInt(9000)};
    return switch (sort) {
      case 1 -> i -> held[0] += random.nextInt(7) == 0 ? 1 : 0;
      case 2 -> i -> (held[0] += random.nextInt(3) - 1) / 10.0;
      case 3 -> i -> (held[0] += random.nextInt(9) - 4) / 100.0;
      case 4 -> i -> held[0] = random.nextInt(50) == 0 ? random.nextInt(3000) : held[0];
      default -> i -> Math.round(5000 + random.nextGaussian() * 40) / 100.0;
    };
  }

  private static Column irregular() {
    Random random = new Random(5);
    Column.Builder column = Column.numbers();
    long time = START;
    for (int i = 0; i < CHUNK; i++) {
      time += 100_000_000 + 1000 * random.nextInt(20_000);
      column.add(time, 1500, Quality.GOOD);
    }
    return column.build();
  }

  private static Column exact() {
    Random random = new Random(6);
    return of(i -> 70 + random.nextGaussian());
  }

  private static Column floats() {
    Random random = new Random(6);
    return of(i -> (float) (Math.round(5000 + random.nextGaussian() * 40) / 100.0));
  }

  private static Column of(IntToDoubleFunction numbers) {
    Column.Builder column = Column.numbers();
    for (int i = 0; i < CHUNK; i++) {
      column.add(START + i * SECOND, numbers.applyAsDouble(i), Quality.GOOD);
    }
    return column.build();
  }

  private static Column cut(Column column, int from, int to) {
    return Column.of(column.isText(), column.subList(from, to));
  }

  private static void chunks(String name, List<Column> columns) throws ColumnException {
    List<byte[]> chunks = columns.stream().map(ColumnCodec::encode).toList();
    long samples = columns.stream().mapToLong(Column::size).sum();
    int rounds = (int) Math.max(1, 100_000 / samples);
    Cost encode =
        time(
            samples * rounds,
            () -> {
              for (int i = 0; i < rounds; i++) {
                for (Column column : columns) {
                  sink += ColumnCodec.encode(column).length;
                }
              }
            });
    Cost decode =
        time(
            samples * rounds,
            () -> {
              for (int i = 0; i < rounds; i++) {
                for (byte[] chunk : chunks) {
                  sink += ColumnCodec.decode(chunk).size();
                }
              }
            });
    print(name, samples, chunks.stream().mapToLong(chunk -> chunk.length).sum(), encode, decode);
  }

  /** A day of a machine: what 1 Hz readings cost when only changes are stored. */
  private static void onChange() throws ColumnException {
    int day = 86_400;
    long bytes = 0;
    long stored = 0;
    Random random = new Random(9);
    for (int signal = 0; signal < 4; signal++) {
      Column.Builder column = signal == 0 ? Column.texts() : Column.numbers();
      long held = 1000;
      int state = 0;
      for (int second = 0; second < day; second++) {
        long time = START + second * SECOND + 1_000_000L * random.nextInt(20);
        if (signal == 0 && random.nextInt(120) == 0) {
          state = (state + 1 + random.nextInt(3)) % STATES.length;
          column.add(time, STATES[state], Quality.GOOD);
        } else if (signal == 1 && random.nextInt(30) == 0) {
          column.add(time, ++held, Quality.GOOD);
        } else if (signal == 2 && random.nextInt(90) == 0) {
          column.add(time, held = random.nextInt(3000), Quality.GOOD);
        } else if (signal == 3 && random.nextInt(40) == 0) {
          held += random.nextBoolean() ? 1 : -1;
          column.add(time, held / 10.0, Quality.GOOD);
        }
      }
      Column whole = column.build();
      for (int at = 0; at < whole.size(); at += CHUNK) {
        bytes += ColumnCodec.encode(cut(whole, at, Math.min(whole.size(), at + CHUNK))).length;
      }
      stored += whole.size();
    }
    System.out.printf(
        "%-34s %10d %12.3f   (a 1 Hz reading; %.2f a stored change)%n",
        "stored on change, times in ms", 4 * day, bytes / (4.0 * day), (double) bytes / stored);
  }

  private static void deflate(String name, List<Column> columns) throws Exception {
    byte[] raw = raw(columns);
    byte[] packed = new byte[raw.length];
    int[] length = new int[1];
    long samples = columns.stream().mapToLong(Column::size).sum();
    Cost encode =
        time(
            samples,
            () -> {
              Deflater deflater = new Deflater();
              deflater.setInput(raw);
              deflater.finish();
              length[0] = deflater.deflate(packed);
              deflater.end();
            });
    byte[] back = new byte[raw.length];
    Cost decode =
        time(
            samples,
            () -> {
              Inflater inflater = new Inflater();
              inflater.setInput(packed, 0, length[0]);
              sink += inflate(inflater, back);
              inflater.end();
            });
    print(name, samples, length[0], encode, decode);
  }

  private static int inflate(Inflater inflater, byte[] back) {
    try {
      return inflater.inflate(back);
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] raw(List<Column> columns) {
    long samples = columns.stream().mapToLong(Column::size).sum();
    ByteBuffer raw = ByteBuffer.allocate((int) samples * 16);
    for (Column column : columns) {
      for (int i = 0; i < column.size(); i++) {
        raw.putLong(column.nanos(i));
      }
      for (int i = 0; i < column.size(); i++) {
        raw.putDouble(column.isText() ? List.of(STATES).indexOf(column.text(i)) : column.number(i));
      }
    }
    return raw.array();
  }

  /** A sample's nanoseconds, and bytes of heap that were allocated for it. */
  private record Cost(double nanos, double allocated) {}

  private interface Work {
    void run() throws WireException, ColumnException;
  }

  /** Nanoseconds a sample, the best of several rounds after a warm-up. */
  private static Cost time(long samples, Work work) {
    double best = Double.MAX_VALUE;
    long rounds = 0;
    long before = allocated();
    long until = System.nanoTime() + 1_500_000_000L;
    try {
      while (rounds < 30 || System.nanoTime() < until) {
        long start = System.nanoTime();
        work.run();
        rounds++;
        best = Math.min(best, (System.nanoTime() - start) / (double) samples);
      }
    } catch (WireException | ColumnException e) {
      throw new IllegalStateException(e);
    }
    return new Cost(best, (allocated() - before) / (double) (rounds * samples));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static void print(String name, long samples, long bytes, Cost encode, Cost decode) {
    System.out.printf(
        "%-34s %10d %12.3f %10.1f %10.1f %14.1f %14.1f%n",
        name,
        samples,
        bytes / (double) samples,
        encode.nanos(),
        decode.nanos(),
        encode.allocated(),
        decode.allocated());
  }
}
