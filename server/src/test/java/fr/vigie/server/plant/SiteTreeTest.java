package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.production.Convention;
import fr.vigie.production.HourlyCost;
import fr.vigie.production.MachineRules;
import fr.vigie.production.Tcr;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTreeTest {
  private static final Map<String, Object> STATE =
      Map.of("signal", "state", "values", Map.of("ACTIVE", "running"));

  private final Map<String, Object> site = new HashMap<>(CalendarTree.threeShifts());
  private final Map<String, Object> machine = new HashMap<>(Map.of("state", STATE));

  private MachineRules rules() {
    return MachineTree.read("press", "site", SiteTree.read(site), 1, machine).rules();
  }

  private List<Mistake> mistakes() {
    return catchThrowableOfType(MistakesFound.class, this::rules).mistakes();
  }

  @Test
  void siteThatSaysNothingFollowsTheNorm() {
    assertThat(rules().convention()).isEqualTo(Convention.NORM);
    assertThat(rules().cost()).isEmpty();
    assertThat(rules().products()).isEmpty();
  }

  @Test
  void machinesFollowTheConventionsOfTheirSite() {
    site.put("changeover", "outside");
    site.put("mtbf", "iso22400");
    site.put("mtbf-time", "calendar");

    assertThat(rules().convention())
        .isEqualTo(
            new Convention(
                Convention.Changeover.OUTSIDE, Convention.Mtbf.ISO22400, Convention.Base.CALENDAR));
  }

  @Test
  void hourOfAMachineCostsSoMuchOfTheSitesCurrency() {
    site.put("currency", "CHF");
    machine.put("cost-per-hour", 45.90);

    assertThat(rules().cost())
        .contains(new HourlyCost(new BigDecimal("45.9"), Currency.getInstance("CHF")));
  }

  @Test
  void eachProductHasItsReferenceCycle() {
    machine.put(
        "products",
        Map.of(
            "A 12/é", Map.of("reference-cycle", "45s"), "B", Map.of("reference-cycle", "500ms")));

    assertThat(rules().products())
        .isEqualTo(
            Map.of("A 12/é", Tcr.of(Duration.ofSeconds(45)), "B", Tcr.of(Duration.ofMillis(500))));
  }

  @Test
  void everyMistakeOfASiteIsToldAtOnce() {
    site.put("changeover", "sometimes");
    site.put("mtbf", 3);
    site.put("mtbf-time", "night");
    site.put("currency", "€");
    site.put("zone", "Europe/Vigie");

    assertThat(mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder("changeover", "mtbf", "mtbf-time", "currency", "zone");
  }

  @Test
  void everyMistakeOfProductsAndCostIsToldAtOnce() {
    machine.put("cost-per-hour", -1);
    machine.put(
        "products",
        Map.of(
            "A",
            Map.of(),
            "B",
            Map.of("reference-cycle", "0s"),
            "C",
            "45s",
            "x".repeat(81),
            Map.of("reference-cycle", "1s"),
            "D",
            Map.of("reference-cycle", "1s", "colour", "red")));

    assertThat(mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "cost-per-hour",
            "products.A.reference-cycle",
            "products.B.reference-cycle",
            "products.C",
            "products.C.reference-cycle",
            "products." + "x".repeat(81),
            "products.D.colour");
  }

  @Test
  void costIsANumber() {
    machine.put("cost-per-hour", "dear");
    machine.put("products", List.of());

    assertThat(mistakes()).extracting(Mistake::key).containsExactly("products", "cost-per-hour");
  }
}
