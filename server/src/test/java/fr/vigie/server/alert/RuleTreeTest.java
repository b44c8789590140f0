package fr.vigie.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.condition.Limit;
import fr.vigie.production.MachineState;
import fr.vigie.server.plant.Mistake;
import fr.vigie.server.plant.MistakesFound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleTreeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

  @Test
  void everySortOfRuleIsRead() {
    List<Rule> rules =
        read(
            rule("hot", Map.of("signal", "temp", "above", 80, "clear", 75), "for", "10m"),
            rule("held", Map.of("signal", "mode", "equals", "FEED_HOLD")),
            rule("mute", Map.of("signal", "temp", "missing", true)),
            rule("still", Map.of("state", List.of("stopped", "off")), "machines", List.of("press")),
            rule("poor", Map.of("figure", "TRS", "below", 0.6), "hold-off", "8h"),
            rule("away", Map.of("agent", "silent"), "agents", List.of("banc-1")),
            rule("clock", Map.of("agent", "wrong-clock"), "severity", "critical"),
            rule("lost", Map.of("agent", "losses"), "to", List.of("mes")));

    assertThat(rules)
        .extracting(Rule::condition)
        .containsExactly(
            new Condition.Beyond("temp", Limit.above(80, 75)),
            new Condition.Says("mode", "FEED_HOLD"),
            new Condition.Missing("temp"),
            new Condition.In(Set.of(MachineState.STOPPED, MachineState.OFF)),
            new Condition.FigureBeyond(Figure.TRS, Limit.below(0.6, 0.6)),
            new Condition.Silent(),
            new Condition.WrongClock(),
            new Condition.Losses());
    assertThat(rules)
        .extracting(Rule::duringShifts)
        .containsExactly(false, false, false, true, true, false, false, false);
    assertThat(rules.get(0).lasting().hold()).isEqualTo(Duration.ofMinutes(10));
    assertThat(rules.get(4).lasting().quiet()).isEqualTo(Duration.ofHours(8));
    assertThat(rules.get(3).concerns("lathe")).isFalse();
    assertThat(rules.get(7).to()).containsExactly("mes");
  }

  @Test
  void everyMistakeIsNamedAtOnceWithItsPlace() {
    MistakesFound found =
        catchThrowableOfType(
            MistakesFound.class,
            () ->
                read(
                    rule("hot", Map.of("signal", "temp", "above", 80, "clear", 85)),
                    rule("hot", Map.of("signal", "temp", "above", 80, "equals", "x")),
                    rule("a b", Map.of("state", List.of("broken")), "for", "soon"),
                    rule("poor", Map.of("figure", "OEE", "below", 0.6), "to", List.of("nobody")),
                    rule("away", Map.of("agent", "asleep"), "machines", List.of("press")),
                    rule("both", Map.of("agent", "silent", "figure", "TRS", "below", 1)),
                    rule("odd", Map.of("agent", "losses"), "colour", "red", "severity", "grave")));

    assertThat(found.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "rules[0].when.clear",
            "rules[1].name",
            "rules[1].when.signal",
            "rules[2].name",
            "rules[2].when.state",
            "rules[2].when.state",
            "rules[2].for",
            "rules[3].when.figure",
            "rules[3].to",
            "rules[4].when.agent",
            "rules[4].machines",
            "rules[5].when",
            "rules[6].severity",
            "rules[6].colour");
  }

  private static List<Rule> read(Map<?, ?>... rules) {
    return RuleTree.read(Map.of("rules", List.of(rules)), Set.of("mes"), NOW);
  }

  private static Map<String, Object> rule(String name, Map<String, Object> when, Object... more) {
    Map<String, Object> rule = new java.util.LinkedHashMap<>(Map.of("name", name, "when", when));
    for (int i = 0; i < more.length; i += 2) {
      rule.put(String.valueOf(more[i]), more[i + 1]);
    }
    return rule;
  }
}
