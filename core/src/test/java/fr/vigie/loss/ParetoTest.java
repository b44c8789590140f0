package fr.vigie.loss;

import static fr.vigie.production.Shop.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.loss.Pareto.Bar;
import fr.vigie.loss.Pareto.By;
import fr.vigie.loss.Pareto.Stood;
import fr.vigie.production.Rate;
import fr.vigie.reason.Reason;
import fr.vigie.reason.StopKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParetoTest {
  private static Stood stood(String code, double seconds, int count) {
    Optional<Reason> reason =
        code.isEmpty()
            ? Optional.empty()
            : Optional.of(new Reason(code, "the " + code, StopKind.OPERATION));
    return new Stood(reason, seconds(seconds), count);
  }

  private static List<String> names(Pareto pareto) {
    return pareto.bars().stream()
        .map(bar -> bar.stood().reason().map(Reason::code).orElse("?"))
        .toList();
  }

  private static List<Stood> week() {
    return List.of(
        stood("tool", 300, 1),
        stood("jam", 50, 10),
        stood("", 100, 2),
        stood("jam", 50, 10),
        stood("power", 500, 1));
  }

  @Test
  void worstReasonComesFirstByWhatIsAskedFor() {
    assertThat(names(Pareto.of(week(), By.DURATION))).containsExactly("power", "tool", "jam", "?");
    assertThat(names(Pareto.of(week(), By.COUNT))).containsExactly("jam", "?", "power", "tool");
    assertThat(names(Pareto.of(week(), By.MEAN))).containsExactly("power", "tool", "?", "jam");
  }

  @Test
  void sharesAddUpToTheWhole() {
    assertThat(Pareto.of(week(), By.DURATION).bars())
        .extracting(Bar::cumulated)
        .containsExactly(
            Rate.of(seconds(500), seconds(1000)),
            Rate.of(seconds(800), seconds(1000)),
            Rate.of(seconds(900), seconds(1000)),
            Rate.of(seconds(1000), seconds(1000)));
    assertThat(Pareto.of(week(), By.COUNT).bars().get(1).cumulated())
        .isEqualTo(Rate.ofParts(22, 24));
    assertThat(Pareto.of(week(), By.MEAN).bars())
        .extracting(Bar::cumulated)
        .containsOnly(Rate.UNKNOWN);
  }

  @Test
  void classAIsTheFewestReasonsThatMakeFourFifths() {
    assertThat(Pareto.of(week(), By.DURATION).bars())
        .extracting(Bar::isClassA)
        .containsExactly(true, true, false, false);
    assertThat(Pareto.of(List.of(stood("a", 1, 1)), By.DURATION).bars())
        .extracting(Bar::isClassA)
        .containsExactly(true, false);
    assertThat(Pareto.of(week(), By.MEAN).bars()).extracting(Bar::isClassA).containsOnly(false);
  }

  @Test
  void stopsThatNobodyExplainedHaveTheirBarBeItOfZero() {
    Pareto pareto = Pareto.of(List.of(), By.DURATION);

    assertThat(names(pareto)).containsExactly("?");
    assertThat(pareto.bars().get(0).stood().time()).isEqualTo(Duration.ZERO);
    assertThat(pareto.bars().get(0).cumulated().ratio()).isEmpty();
    assertThat(pareto.bars().get(0).isClassA()).isFalse();
    assertThat(pareto.bars().get(0).stood().mean()).isEmpty();
  }

  @Test
  void reasonsThatAreEqualComeByNameAndTheUnknownLast() {
    Pareto pareto =
        Pareto.of(
            List.of(stood("b", 10, 1), stood("", 10, 1), stood("c", 10, 1), stood("a", 10, 1)),
            By.DURATION);

    assertThat(names(pareto)).containsExactly("a", "b", "c", "?");
  }
}
