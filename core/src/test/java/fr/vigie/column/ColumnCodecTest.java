package fr.vigie.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.signal.Quality;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnCodecTest {
  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    -0.1,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Math.PI,
    1L << 51,
    (1L << 51) - 1,
    (1L << 53) + 2,
    1e15,
    1e22,
    1e23,
    0.1f,
    1e-15,
    123456789.123456,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final long[] EDGE_TIMES = {
    0,
    1,
    -1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 1,
    1_700_000_000_000_000_000L,
    1L << 62
  };

  @Test
  void noiseOfBothSignsTakesLittleMoreThanItsDigits() throws ColumnException {
    Random random = new Random(1);
    Column.Builder noise = Column.numbers();
    for (int i = 0; i < 16_384; i++) {
      noise.add(i * 1000L, random.nextGaussian(), Quality.GOOD);
    }
    byte[] bytes = ColumnCodec.encode(noise.build());
    assertThat(bytes.length / 16_384.0).isLessThan(7.1);
    assertSame(noise.build(), ColumnCodec.decode(bytes));
  }

  @Test
  void everyEdgeOfNumbersAndTimesComesBack() throws ColumnException {
    for (long first : EDGE_TIMES) {
      for (double number : EDGES) {
        Column one = Column.numbers().add(first, number, Quality.GOOD).build();
        assertSame(one, ColumnCodec.decode(ColumnCodec.encode(one)));
        Column.Builder many = Column.numbers();
        for (long time : EDGE_TIMES) {
          many.add(time, number, Quality.GOOD).add(first, -number, Quality.UNCERTAIN);
          for (double other : EDGES) {
            many.add(time, other, Quality.CLOCK_UNSYNCED);
          }
        }
        Column column = many.build();
        assertSame(column, ColumnCodec.decode(ColumnCodec.encode(column)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 3, 4, 10, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2048, 5000})
  void columnsOfEverySizeComeBack(int size) throws ColumnException {
    for (long seed = 0; seed < 60; seed++) {
      Column column = RandomColumns.column(new Random(seed * 31 + size), size);
      Column decoded = ColumnCodec.decode(ColumnCodec.encode(column));
      assertThat(seed).as("seed").isGreaterThanOrEqualTo(0);
      assertSame(column, decoded);
    }
  }

  @Test
  void randomBlocksComeBack() throws ColumnException {
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      List<Column> columns = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        columns.add(
            !columns.isEmpty() && random.nextBoolean()
                ? RandomColumns.sharing(random, columns.get(random.nextInt(columns.size())))
                : RandomColumns.column(random, random.nextInt(random.nextInt(400) + 1)));
      }
      List<Column> decoded;
      try {
        decoded = ColumnCodec.decodeBlock(ColumnCodec.encodeBlock(columns));
      } catch (ColumnException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(decoded).as("seed " + seed).hasSameSizeAs(columns);
      for (int i = 0; i < columns.size(); i++) {
        assertSame(columns.get(i), decoded.get(i));
      }
    }
  }

  @Test
  void everyTruncationAndEveryFlippedBitIsRefused() {
    byte[] bytes = ColumnCodec.encode(RandomColumns.column(new Random(3), 300));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ColumnCodec.decode(cut)).isInstanceOf(ColumnException.class);
    }
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ColumnCodec.decode(flipped)).isInstanceOf(ColumnException.class);
    }
  }

  @Test
  void damageBehindARightChecksumIsRefusedOrGivesOtherColumns() {
    for (long seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = ColumnCodec.encode(RandomColumns.column(random, random.nextInt(60)));
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[1 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
      }
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, bytes.length - 4);
      ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
      try {
        for (Column column : ColumnCodec.decodeBlock(bytes)) {
          assertThat(Column.of(column.isText(), column).equals(column)).isTrue();
        }
      } catch (ColumnException e) {
        assertThat(e).message().isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void heldValueAndRegularTimesTakeAFewBytesWhateverTheirNumber() {
    Column.Builder column = Column.numbers();
    for (int i = 0; i < 100_000; i++) {
      column.add(i * 1_000_000_000L, 21.5, Quality.GOOD);
    }
    assertThat(ColumnCodec.encode(column.build())).hasSizeLessThan(200);
  }

  private static void assertSame(Column expected, Column found) {
    assertThat(found.size()).isEqualTo(expected.size());
    assertThat(found.isText()).isEqualTo(expected.isText());
    for (int i = 0; i < expected.size(); i++) {
      boolean same =
          found.nanos(i) == expected.nanos(i)
              && found.quality(i) == expected.quality(i)
              && (expected.isText()
                  ? found.text(i).equals(expected.text(i))
                  : Double.doubleToRawLongBits(found.number(i))
                      == Double.doubleToRawLongBits(expected.number(i)));
      if (!same) {
        throw new AssertionError(
            "sample "
                + i
                + " of "
                + expected.size()
                + ": "
                + found.get(i)
                + " for "
                + expected.get(i));
      }
    }
  }
}
