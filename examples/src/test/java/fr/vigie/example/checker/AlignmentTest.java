package fr.vigie.example.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  @Test
  void nothingAlignsWithNothing() {
    assertThat(Alignment.partners(new int[0], new int[] {1, 2})).isEmpty();
    assertThat(Alignment.partners(new int[] {1, 2}, new int[0])).containsExactly(-1, -1);
  }

  @Test
  void valuesAroundAHoleKeepTheirPartners() {
    assertThat(Alignment.partners(new int[] {1, 2, 3, 4, 5}, new int[] {1, 2, 5}))
        .containsExactly(0, 1, -1, -1, 2);
  }

  @Test
  void partnersAreEqualInOrderAndAsManyAsCanBe() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      int letters = 1 + random.nextInt(5);
      int[] left = random.ints(random.nextInt(14), 0, letters).toArray();
      int[] right = random.ints(random.nextInt(14), 0, letters).toArray();
      int[] partners = Alignment.partners(left, right);
      int last = -1;
      int pairs = 0;
      for (int i = 0; i < left.length; i++) {
        if (partners[i] >= 0) {
          assertThat(partners[i]).as("seed %d", seed).isGreaterThan(last);
          assertThat(right[partners[i]]).as("seed %d", seed).isEqualTo(left[i]);
          last = partners[i];
          pairs++;
        }
      }
      assertThat(pairs).as("seed %d", seed).isEqualTo(longest(left, right));
    }
  }

  @Test
  void longSequencesWithManyHolesAreAligned() {
    Random random = new Random(11);
    int[] left = random.ints(200_000, 0, 900).toArray();
    int[] right =
        java.util.stream.IntStream.range(0, left.length)
            .filter(i -> i % 5_000 >= 50)
            .map(i -> left[i])
            .toArray();
    int[] partners = Alignment.partners(left, right);
    assertThat(java.util.Arrays.stream(partners).filter(partner -> partner < 0).count())
        .isEqualTo(2_000);
  }

  private static int longest(int[] left, int[] right) {
    int[][] table = new int[left.length + 1][right.length + 1];
    for (int i = 1; i <= left.length; i++) {
      for (int j = 1; j <= right.length; j++) {
        table[i][j] =
            left[i - 1] == right[j - 1]
                ? table[i - 1][j - 1] + 1
                : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    return table[left.length][right.length];
  }
}
