package fr.vigie.example.checker;

import java.util.Arrays;

/**
 * The longest common subsequence of two sequences, by Myers' algorithm in linear space (An O(ND)
 * Difference Algorithm, 1986): fast when they differ little, which is what a check expects.
 */
final class Alignment {
  private final int[] left;
  private final int[] right;
  private final int[] partner;
  private final int[] forward;
  private final int[] backward;

  private Alignment(int[] left, int[] right) {
    this.left = left;
    this.right = right;
    this.partner = new int[left.length];
    Arrays.fill(partner, -1);
    int room = 2 * (left.length + right.length) + 4;
    this.forward = new int[room];
    this.backward = new int[room];
  }

  /** For each element of {@code left} the index of its partner in {@code right}, or -1. */
  static int[] partners(int[] left, int[] right) {
    Alignment alignment = new Alignment(left, right);
    alignment.align(0, left.length, 0, right.length);
    return alignment.partner;
  }

  private void align(int fromLeft, int toLeft, int fromRight, int toRight) {
    int l = fromLeft;
    int r = fromRight;
    int endLeft = toLeft;
    int endRight = toRight;
    while (l < endLeft && r < endRight && left[l] == right[r]) {
      partner[l++] = r++;
    }
    while (l < endLeft && r < endRight && left[endLeft - 1] == right[endRight - 1]) {
      partner[--endLeft] = --endRight;
    }
    if (l == endLeft || r == endRight) {
      return;
    }
    int[] middle = middle(l, endLeft, r, endRight);
    align(l, middle[0], r, middle[1]);
    align(middle[0], endLeft, middle[1], endRight);
  }

  /** A point that a shortest way through both ranges passes, other than both of their ends. */
  private int[] middle(int fromLeft, int toLeft, int fromRight, int toRight) {
    int n = toLeft - fromLeft;
    int m = toRight - fromRight;
    int delta = n - m;
    int most = (n + m + 1) / 2;
    int zero = most + 1;
    forward[zero + 1] = 0;
    backward[zero + 1] = 0;
    for (int d = 0; d <= most; d++) {
      for (int k = lowest(d, m); k <= highest(d, n); k += 2) {
        boolean down = k == -d || (k != d && forward[zero + k - 1] < forward[zero + k + 1]);
        int x = down ? forward[zero + k + 1] : forward[zero + k - 1] + 1;
        int y = x - k;
        while (x < n && y < m && left[fromLeft + x] == right[fromRight + y]) {
          x++;
          y++;
        }
        forward[zero + k] = x;
        int other = delta - k;
        if (isOdd(delta) && Math.abs(other) < d && x + backward[zero + other] >= n) {
          return new int[] {fromLeft + x, fromRight + y};
        }
      }
      for (int k = lowest(d, m); k <= highest(d, n); k += 2) {
        boolean down = k == -d || (k != d && backward[zero + k - 1] < backward[zero + k + 1]);
        int x = down ? backward[zero + k + 1] : backward[zero + k - 1] + 1;
        int y = x - k;
        while (x < n && y < m && left[toLeft - 1 - x] == right[toRight - 1 - y]) {
          x++;
          y++;
        }
        backward[zero + k] = x;
        int other = delta - k;
        if (!isOdd(delta) && Math.abs(other) <= d && x + forward[zero + other] >= n) {
          return new int[] {toLeft - x, toRight - y};
        }
      }
    }
    throw new IllegalStateException("two sequences without a way through them");
  }

  private static int lowest(int d, int m) {
    return -(d - 2 * Math.max(0, d - m));
  }

  private static int highest(int d, int n) {
    return d - 2 * Math.max(0, d - n);
  }

  private static boolean isOdd(int number) {
    return (number & 1) != 0;
  }
}
