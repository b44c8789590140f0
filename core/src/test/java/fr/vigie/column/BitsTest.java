package fr.vigie.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {
  private static final long[] EDGES = {
    0,
    1,
    2,
    3,
    19,
    20,
    21,
    127,
    1L << 31,
    1L << 40,
    (1L << 57) - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  @Test
  void everyEdgeIsReadBackInEveryCodeAtEveryPlaceOfAByte() throws ColumnException {
    for (int shift = 0; shift < 70; shift++) {
      for (long edge : EDGES) {
        BitWriter out = new BitWriter(0);
        out.bits(0, shift % 65);
        out.number(edge);
        out.signed(edge);
        for (int count = 0; count <= 64; count++) {
          out.bits(edge, count);
        }
        for (int k = 0; k < 64; k++) {
          out.rice(edge, k);
          out.rice(edge, k);
        }
        byte[] bytes = out.toByteArray(0, 0);

        BitReader in = new BitReader(bytes, 0, bytes.length);
        in.bits(shift % 65);
        assertThat(in.number()).isEqualTo(edge);
        assertThat(in.signed()).isEqualTo(edge);
        for (int count = 0; count <= 64; count++) {
          assertThat(in.bits(count)).isEqualTo(count == 0 ? 0 : edge & -1L >>> 64 - count);
        }
        long[] rice = new long[2];
        for (int k = 0; k < 64; k++) {
          in.rice(rice, 0, 2, k);
          assertThat(rice).as("k " + k).containsExactly(edge, edge);
        }
        in.end();
      }
    }
  }

  @Test
  void lengthsThatTheWriterComparesAreThoseThatItWrites() {
    for (long edge : EDGES) {
      for (int k = 0; k < 64; k++) {
        BitWriter out = new BitWriter(0);
        out.rice(edge, k);
        out.number(edge);
        int bits = BitWriter.riceLength(edge, k) + BitWriter.numberLength(edge);
        assertThat(out.toByteArray(0, 0)).hasSize((bits + 7) / 8);
      }
    }
  }

  @Test
  void readingBeyondTheEndIsRefused() {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      BitReader in = new BitReader(bytes, 0, bytes.length);
      int k = random.nextInt(64);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i <= 160; i++) {
                  in.rice(new long[8], 0, 8, k);
                  in.number();
                }
              })
          .as("seed " + seed)
          .isInstanceOf(ColumnException.class);
    }
  }
}
