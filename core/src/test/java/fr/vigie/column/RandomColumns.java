package fr.vigie.column;

import fr.vigie.signal.Quality;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Columns of many sorts, the same for the same seed. */
public final class RandomColumns {
  private static final String[] WORDS = {"", "ACTIVE", "READY", "Arrêt", "停止", "🛑", "a b/c\n"};

  private RandomColumns() {}

  public static Column column(Random random, int size) {
    LongSupplier times = times(random);
    long[] nanos = new long[size];
    for (int i = 0; i < size; i++) {
      nanos[i] = times.getAsLong();
    }
    return filled(random, nanos);
  }

  /** Another column with the times of this one. */
  public static Column sharing(Random random, Column other) {
    long[] nanos = new long[other.size()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = other.nanos(i);
    }
    return filled(random, nanos);
  }

  private static Column filled(Random random, long[] nanos) {
    boolean text = random.nextInt(4) == 0;
    Column.Builder column = text ? Column.texts() : Column.numbers();
    DoubleSupplier numbers = numbers(random);
    Supplier<String> texts = texts(random);
    int rough = random.nextInt(3);
    Quality quality = Quality.values()[random.nextInt(4)];
    for (long time : nanos) {
      if (rough == 2 && random.nextInt(5) == 0) {
        quality = Quality.values()[random.nextInt(4)];
      }
      Quality said = rough == 0 ? Quality.GOOD : quality;
      if (said == Quality.MISSING) {
        column.addMissing(time);
      } else if (text) {
        column.add(time, texts.get(), said);
      } else {
        column.add(time, numbers.getAsDouble(), said);
      }
    }
    return column.build();
  }

  private static LongSupplier times(Random random) {
    long[] now = {random.nextInt(4) == 0 ? random.nextLong() : 1_764_000_000_000_000_000L};
    long[] units = {1, 100, 1_000, 1_000_000, 100_000_000, 1_000_000_000};
    long unit = units[random.nextInt(units.length)];
    return switch (random.nextInt(5)) {
      case 0 -> () -> now[0] += unit;
      case 1 -> () -> now[0] += unit * random.nextInt(100);
      case 2 -> () -> now[0] += random.nextInt(50) == 0 ? unit * random.nextInt(99_999) : unit;
      case 3 -> () -> now[0] += unit * (random.nextInt(100) - 20);
      default -> random::nextLong;
    };
  }

  private static DoubleSupplier numbers(Random random) {
    double power = Math.pow(10, random.nextInt(6));
    long[] walk = {random.nextInt(10_000)};
    return switch (random.nextInt(10)) {
      case 0 -> () -> walk[0];
      case 1 -> () -> walk[0]++;
      case 2 -> () -> (walk[0] += random.nextInt(9) - 4) / power;
      case 3 -> () -> (random.nextInt(12) == 0 ? walk[0] = random.nextInt(2000) : walk[0]) / power;
      case 4 -> () -> Math.round(random.nextGaussian() * 300) / power;
      case 5 -> () -> (float) (Math.round(random.nextGaussian() * 300) / power);
      case 6 -> random::nextGaussian;
      case 7 -> () -> finite(random.nextLong());
      case 8 -> () -> random.nextInt(30) == 0 ? -0.0 : (walk[0] += random.nextInt(3)) * 0.0625;
      default ->
          () ->
              random.nextInt(40) == 0
                  ? finite(random.nextLong())
                  : Math.round(random.nextGaussian() * 50) / power;
    };
  }

  private static double finite(long bits) {
    double number = Double.longBitsToDouble(bits);
    return Double.isFinite(number) ? number : 0.5;
  }

  private static Supplier<String> texts(Random random) {
    int[] count = new int[1];
    String[] held = {"READY"};
    return switch (random.nextInt(3)) {
      case 0 -> () -> "alarm " + count[0]++;
      case 1 -> () -> WORDS[random.nextInt(WORDS.length)];
      default ->
          () -> held[0] = random.nextInt(20) == 0 ? WORDS[random.nextInt(WORDS.length)] : held[0];
    };
  }
}
