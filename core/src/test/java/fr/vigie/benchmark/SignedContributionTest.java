package fr.vigie.benchmark;

import static fr.vigie.benchmark.Cluster.OCTOBER;
import static fr.vigie.benchmark.Cluster.company;
import static fr.vigie.benchmark.Cluster.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.production.Output;
import fr.vigie.production.Rejects;
import fr.vigie.production.Tcr;
import fr.vigie.production.TimeTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedContributionTest {
  @Test
  void aFileIsReadableAndReadAsItWasSigned() throws Refused {
    SignedContribution signed = company(1, "25", 12, 61);

    assertThat(signed.text())
        .contains("\"month\": \"2026-10\"")
        .contains("\"trs\": {\"machines\": 12, \"minutes\": 7320, \"of-minutes\": 12000}")
        .contains("\"quality\": null");
    assertThat(SignedContribution.read(signed.text())).isEqualTo(signed);
  }

  @Test
  void everyChangedByteIsFound() {
    byte[] text = company(1, "25", 12, 61).text().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = text.clone();
        changed[i] ^= (byte) (1 << bit);
        String read = new String(changed, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> SignedContribution.read(read))
            .as("bit %d of byte %d", bit, i)
            .isInstanceOf(Refused.class);
      }
    }
  }

  @Test
  void whatIsAddedDroppedOrWrittenOtherwiseIsFound() {
    String text = company(1, "25", 12, 61).text();

    assertThat(reason(text + "\n")).isEqualTo(Refused.Reason.NOT_A_CONTRIBUTION);
    assertThat(reason(text.replace("\n", "\r\n"))).isEqualTo(Refused.Reason.NOT_A_CONTRIBUTION);
    assertThat(reason(text.replace("  ", " "))).isEqualTo(Refused.Reason.NOT_A_CONTRIBUTION);
    assertThat(reason(text.replace(": 7320", ": 07320"))).isEqualTo(Refused.Reason.CHANGED);
    assertThat(reason(text.replace(": 7320", ": 9320"))).isEqualTo(Refused.Reason.CHANGED);
    assertThat(reason("")).isEqualTo(Refused.Reason.NOT_A_CONTRIBUTION);
    assertThat(reason("{".repeat(100_000))).isEqualTo(Refused.Reason.NOT_A_CONTRIBUTION);
  }

  @Test
  void theSignatureOfAnotherCompanyDoesNotFit() {
    String one = company(1, "25", 12, 61).text();
    String other = company(2, "25", 12, 61).text();

    assertThat(reason(line(one, other, "\"key\""))).isEqualTo(Refused.Reason.CHANGED);
    assertThat(reason(line(one, other, "\"signature\""))).isEqualTo(Refused.Reason.CHANGED);
  }

  @Test
  void aVersionToComeIsToldFromDamage() {
    String text = company(1, "25", 12, 61).text().replace("contribution\": 1", "contribution\": 2");

    assertThatThrownBy(() -> SignedContribution.read(text))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Refused.Reason.UNKNOWN_VERSION);
              assertThat(refused.found()).isEqualTo("2");
            });
  }

  @Test
  void numbersThatCannotBeAreRefusedBeforeAnySignature() {
    String text = company(1, "25", 12, 61).text();

    assertThat(reason(text.replace("2026-10", "2026-13"))).isEqualTo(Refused.Reason.OUT_OF_RANGE);
    assertThat(reason(text.replace(": 12000", ": 0"))).isEqualTo(Refused.Reason.OUT_OF_RANGE);
    assertThat(reason(text.replace("\"25\"", "\"C25\""))).isEqualTo(Refused.Reason.OUT_OF_RANGE);
  }

  @Test
  void aCompanyIsTheSameInOneClusterAndMonthAndUnknownInOthers() {
    Contribution october = company(1, "25", 12, 61).contribution();
    String company = SignedContribution.sign(october, secret(1)).company();

    // Derived once more with the hmac of Python and a key of OpenSSL.
    assertThat(company).isEqualTo("588c5eea3283f11a2367e0180b550b73");

    assertThat(sign(october, "28", OCTOBER, "mecanique-sud").company()).isEqualTo(company);
    assertThat(sign(october, "25", OCTOBER.plusMonths(1), "mecanique-sud").company())
        .isNotEqualTo(company);
    assertThat(sign(october, "25", OCTOBER, "plasturgie").company()).isNotEqualTo(company);
    assertThat(SignedContribution.sign(october, secret(2)).company()).isNotEqualTo(company);
  }

  @Test
  void onlyMachinesThatWereSeenCountAndOnlyForWhatTheyHave() {
    Duration hour = Duration.ofHours(1);
    TimeTree seen = tree(Duration.ofMinutes(50), Duration.ofMinutes(10), 30);
    TimeTree unseen = tree(Duration.ofMinutes(30), Duration.ZERO, 30);
    TimeTree uncounted =
        new TimeTree(
            hour,
            hour,
            new TimeTree.Required(hour, Duration.ZERO, Duration.ZERO, Duration.ZERO),
            Output.UNCOUNTED);

    Contribution sum =
        Contribution.of("mecanique-sud", "25", OCTOBER, List.of(seen, unseen, uncounted), 0.9);

    assertThat(sum.shares())
        .isEqualTo(
            Map.of(
                Measure.TRS, new Share(1, 30, 60),
                Measure.AVAILABILITY, new Share(2, 110, 120),
                Measure.PERFORMANCE, new Share(1, 30, 50),
                Measure.QUALITY, new Share(1, 30, 30)));
  }

  private static TimeTree tree(Duration running, Duration stops, long parts) {
    Duration hour = Duration.ofHours(1);
    Duration unobserved = hour.minus(running).minus(stops);
    return new TimeTree(
        hour,
        hour,
        new TimeTree.Required(running, Duration.ZERO, stops, unobserved),
        Output.of(List.of(new Output.Product(parts, Rejects.NONE, Tcr.of(Duration.ofMinutes(1))))));
  }

  private static SignedContribution sign(
      Contribution like, String sector, YearMonth month, String cluster) {
    return SignedContribution.sign(
        new Contribution(cluster, sector, month, like.shares()), secret(1));
  }

  private static String line(String text, String from, String key) {
    String wanted = from.lines().filter(line -> line.contains(key)).findFirst().orElseThrow();
    String old = text.lines().filter(line -> line.contains(key)).findFirst().orElseThrow();
    return text.replace(old, wanted);
  }

  private static Refused.Reason reason(String text) {
    try {
      SignedContribution.read(text);
      throw new AssertionError("taken: " + text);
    } catch (Refused refused) {
      return refused.reason();
    }
  }
}
