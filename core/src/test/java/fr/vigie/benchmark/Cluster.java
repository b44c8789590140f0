package fr.vigie.benchmark;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Companies that compare themselves, each with a secret of its own. */
final class Cluster {
  static final YearMonth OCTOBER = YearMonth.of(2026, 10);

  private Cluster() {}

  /** A company of a sector with some machines, of which each was required a thousand minutes. */
  static SignedContribution company(int number, String sector, int machines, int percent) {
    return company(
        number, sector, new Share(machines, machines * percent * 10L, machines * 1_000L));
  }

  static SignedContribution company(int number, String sector, Share share) {
    Map<Measure, Share> shares = new EnumMap<>(Measure.class);
    shares.put(Measure.TRS, share);
    return SignedContribution.sign(
        new Contribution("mecanique-sud", sector, OCTOBER, shares), secret(number));
  }

  static byte[] secret(int number) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return secret;
  }

  static Merge merged(List<SignedContribution> all, Earlier... earlier) {
    return ((Merge.Done) Merge.of(OCTOBER, all, List.of(earlier), Rules.DEFAULT)).merge();
  }

  static List<Merge.Why> refused(List<SignedContribution> all, Earlier... earlier) {
    return ((Merge.Not) Merge.of(OCTOBER, all, List.of(earlier), Rules.DEFAULT))
        .refusals().stream().map(Merge.Refusal::why).toList();
  }

  /** The TRS of a sector, or of all for an empty text. */
  static Cell.Content trs(Merge merge, String sector) {
    return merge.cells().stream()
        .filter(cell -> cell.measure() == Measure.TRS)
        .filter(cell -> cell.sector().orElse("").equals(sector))
        .findFirst()
        .orElseThrow()
        .content();
  }
}
