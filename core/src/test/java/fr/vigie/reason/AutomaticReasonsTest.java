package fr.vigie.reason;

import static fr.vigie.reason.Desk.at;
import static fr.vigie.reason.Desk.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutomaticReasonsTest {
  private static final Span STOP = span(10, 40);
  private final Desk desk = new Desk();

  @Test
  void anAlarmThatIsOnInTheStopExplainsAllOfIt() {
    Column alarm = texts("0 OFF, 12 JAM, 13 OFF");

    assertThat(told(says("JAM", "jam", 0, 0), alarm)).isEqualTo("10-40 jam");
    assertThat(told(says("HOT", "jam", 0, 0), alarm)).isEqualTo("10-40 ?");
  }

  @Test
  void anAlarmCountsOnlyOnceItHasLastedLongEnough() {
    Column alarm = texts("0 OFF, 12 JAM, 13 OFF");

    assertThat(told(says("JAM", "jam", 1, 0), alarm)).isEqualTo("10-40 jam");
    assertThat(told(says("JAM", "jam", 1.1, 0), alarm)).isEqualTo("10-40 ?");
    assertThat(told(says("JAM", "jam", 2, 0), texts("0 OFF, 12 JAM, 13 JAM, 14 OFF")))
        .as("the same text again is no break")
        .isEqualTo("10-40 jam");
    assertThat(told(says("JAM", "jam", 2, 0), texts("0 OFF, 12 JAM, 13 -, 13.5 JAM, 14 OFF")))
        .as("a missing sample is")
        .isEqualTo("10-40 ?");
  }

  @Test
  void anAlarmThatWentOffBeforeTheStopExplainsItForAWhile() {
    Column alarm = texts("0 OFF, 7 JAM, 9 OFF");

    assertThat(told(says("JAM", "jam", 0, 1), alarm)).as("ended exactly then").isEqualTo("10-40 ?");
    assertThat(told(says("JAM", "jam", 0, 1.1), alarm)).isEqualTo("10-40 jam");
    assertThat(told(says("JAM", "jam", 0, 0), texts("0 JAM, 10 OFF"))).isEqualTo("10-40 ?");
    assertThat(told(says("JAM", "jam", 0, 0), texts("0 OFF, 40 JAM"))).isEqualTo("10-40 ?");
    assertThat(told(says("JAM", "jam", 0, 0), texts("0 JAM"))).isEqualTo("10-40 jam");
  }

  @Test
  void pressureThatIsGoneOrCurrentThatIsHighExplainsAStop() {
    Column pressure = numbers("0 6, 11 3.9, 20 6");

    assertThat(told(rule(new Condition.Below(4), "no-energy"), pressure))
        .isEqualTo("10-40 no-energy");
    assertThat(told(rule(new Condition.Below(3.9), "no-energy"), pressure)).isEqualTo("10-40 ?");
    assertThat(told(rule(new Condition.Above(6), "jam"), pressure)).isEqualTo("10-40 ?");
    assertThat(told(rule(new Condition.Above(5.9), "jam"), pressure)).isEqualTo("10-40 jam");
  }

  @Test
  void theFirstRuleWinsAndTheOthersAreTold() {
    Column alarm = texts("0 OFF, 12 JAM, 20 HOT, 21 OFF");
    Reasons reasons =
        reasons(List.of(says("HOT", "fluid-fault", 0, 0), says("JAM", "jam", 0, 0)), alarm, STOP);

    Cause cause = reasons.stops().get(0).parts().get(0).cause().orElseThrow();

    assertThat(cause.leaf().code()).isEqualTo("fluid-fault");
    assertThat(cause.ground())
        .isEqualTo(new Cause.ByRule(says("HOT", "fluid-fault", 0, 0), List.of("jam")));
    assertThat(cause.isByHand()).isFalse();
  }

  @Test
  void whatAPersonSaysWinsAndTheRuleKeepsTheRest() {
    desk.give(20, 30, "no-operator");
    Reasons reasons = reasons(List.of(says("JAM", "jam", 0, 0)), texts("0 JAM"), STOP);

    assertThat(Desk.told(reasons.stops().get(0)))
        .isEqualTo("10-20 jam, 20-30 no-operator, 30-40 jam");
    assertThat(Desk.told(reasons.reasoned())).isEqualTo("10-20 jam, 20-30 no-operator, 30-40 jam");
    assertThat(reasons.stops().get(0).isByHand()).isTrue();
  }

  @Test
  void withdrawingBringsBackWhatTheRuleFinds() {
    desk.give(10, 40, "no-operator").withdraw(10, 40);

    assertThat(told(says("JAM", "jam", 0, 0), texts("0 JAM"))).isEqualTo("10-40 jam");
  }

  @Test
  void aSplitCutsWhatTheRuleFound() {
    desk.split(20);

    assertThat(told(says("JAM", "jam", 0, 0), texts("0 JAM"))).isEqualTo("10-20 jam, 20-40 jam");
  }

  @Test
  void aRuleSpeaksOfStopsOnly() {
    Reasons reasons =
        reasons(List.of(says("JAM", "jam", 0, 0)), texts("0 JAM"), STOP, span(60, 70));

    assertThat(Desk.told(reasons.reasoned())).isEqualTo("10-40 jam, 60-70 jam");
  }

  @Test
  void aRuleWhoseSignalIsNotThereFindsNothing() {
    assertThat(told(says("JAM", "jam", 0, 0), Column.numbers().build())).isEqualTo("10-40 ?");
  }

  @Test
  void aRuleOnTextsRefusesNumbers() {
    assertThatThrownBy(() -> told(says("JAM", "jam", 0, 0), numbers("0 1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts, found numbers");
  }

  @Test
  void reasonsInTimeAreCountedByHandAndAutomaticApart() {
    List<Span> stops = List.of(span(0, 10), span(20, 30), span(40, 50), span(60, 70), span(80, 90));
    desk.sayAt(15, new Act.Give(span(0, 10), "no-operator")) // in time, and corrected late
        .sayAt(51, new Act.Give(span(20, 30), "no-operator")) // 21 min after: too late
        .sayAt(88, new Act.Correct(span(0, 10), "no-energy"))
        .sayAt(89, new Act.Give(span(45, 50), "no-operator")); // over what the rule found, late
    Reasons reasons =
        reasons(
            List.of(says("JAM", "jam", 0, 0)),
            texts("0 OFF, 41 JAM, 42 OFF"),
            stops.toArray(Span[]::new));

    Capture capture =
        reasons.stopsAsOf(Duration.ofMinutes(20)).stream()
            .map(
                stop ->
                    Capture.of(
                        stop, Duration.ofMinutes(1), stop.span().end().isAfter(at(100 - 20))))
            .reduce(Capture.NOTHING, Capture::plus);

    assertThat(capture).isEqualTo(new Capture(1, 1, 2, 1));
    assertThat(capture.decided()).isEqualTo(4);
    assertThat(capture.plus(capture)).isEqualTo(new Capture(2, 2, 4, 2));
  }

  @Test
  void aRestThatWouldBeAMicroStopDoesNotWait() {
    desk.give(10, 39.5, "jam");
    ReasonedStop stop = reasons(List.of(), texts("0 OFF"), STOP).stops().get(0);

    assertThat(stop.unknown()).isEqualTo(Duration.ofSeconds(30));
    assertThat(stop.waits(Duration.ofSeconds(60))).isFalse();
    assertThat(stop.waits(Duration.ofSeconds(30))).isTrue();
    assertThat(stop.waits(Duration.ZERO)).isTrue();
  }

  private String told(AutomaticRule rule, Column samples) {
    return Desk.told(reasons(List.of(rule), samples, STOP).stops().get(0));
  }

  private Reasons reasons(List<AutomaticRule> rules, Column samples, Span... stops) {
    return Reasons.of(
        DefaultReasons.tree(),
        desk.journal(),
        rules,
        new Evidence(span(0, 100), List.of(stops), Optional::of, Map.of("alarm", samples)));
  }

  private static AutomaticRule says(String text, String code, double lasting, double before) {
    return new AutomaticRule(
        "alarm",
        new Condition.Says(Set.of(text)),
        Duration.ofMillis(Math.round(lasting * 60e3)),
        Duration.ofMillis(Math.round(before * 60e3)),
        code);
  }

  private static AutomaticRule rule(Condition condition, String code) {
    return new AutomaticRule("alarm", condition, Duration.ZERO, Duration.ZERO, code);
  }

  private static Column texts(String said) {
    Column.Builder builder = Column.texts();
    for (String sample : said.split(", ")) {
      String[] words = sample.split(" ");
      long time = Nanos.of(at(Double.parseDouble(words[0])));
      if (words[1].equals("-")) {
        builder.addMissing(time);
      } else {
        builder.add(time, words[1], Quality.GOOD);
      }
    }
    return builder.build();
  }

  private static Column numbers(String said) {
    Column.Builder builder = Column.numbers();
    for (String sample : said.split(", ")) {
      String[] words = sample.split(" ");
      builder.add(
          Nanos.of(at(Double.parseDouble(words[0]))), Double.parseDouble(words[1]), Quality.GOOD);
    }
    return builder.build();
  }
}
