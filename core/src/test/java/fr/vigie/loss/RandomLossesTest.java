package fr.vigie.loss;

import static fr.vigie.production.Shop.span;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.production.Figures;
import fr.vigie.production.Production;
import fr.vigie.production.RandomShop;
import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.reason.BigLoss;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of the losses of every shift, whatever happened in it. */
class RandomLossesTest {
  private static final int DAY = 24 * 3600;
  private static final int ROUNDS = 60;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomShop shop = new RandomShop(random);

  private Production production() {
    return Production.of(
        shop.rules().build(), shop.inputs(shop.states(), shop.parts(), shop.declared()));
  }

  @Test
  void lossesAreExactlyRequiredTimeLessUsefulTime() {
    for (int round = 0; round < ROUNDS; round++) {
      Figures figures = production().figures(span(random.nextInt(DAY), DAY + random.nextInt(DAY)));

      Losses losses = Losses.of(figures);

      Duration sum =
          Stream.of(BigLoss.values())
              .map(loss -> losses.of(loss).orElseThrow())
              .reduce(losses.unexplained().plus(losses.unobserved()), Duration::plus);
      TimeTree tree = figures.timeTree();
      assertThat(sum).as("seed %d", seed).isEqualTo(tree.tR().minus(tree.tU().orElseThrow()));
    }
  }

  @Test
  void lossesFailuresAndElementsOfASpanAreTheSumsOfThoseOfItsParts() {
    for (int round = 0; round < ROUNDS; round++) {
      Production production = production();
      int cut = random.nextInt(2 * DAY);
      Figures whole = production.figures(span(-1000, 2 * DAY + 500));
      Figures first = production.figures(span(-1000, cut));
      Figures second = production.figures(span(cut, 2 * DAY + 500));

      assertThat(Losses.of(first).plus(Losses.of(second)))
          .as("seed %d", seed)
          .isEqualTo(Losses.of(whole));
      assertThat(Iso22400.of(first).plus(Iso22400.of(second)))
          .as("seed %d", seed)
          .isEqualTo(Iso22400.of(whole));
      Reliability sum = Reliability.of(first).plus(Reliability.of(second));
      Reliability all = Reliability.of(whole);
      assertThat(sum.worked()).as("seed %d", seed).isEqualTo(all.worked());
      assertThat(sum.failures()).as("seed %d", seed).isEqualTo(all.failures());
      assertThat(sum.repairs()).as("seed %d", seed).isEqualTo(all.repairs());
      assertThat(sum.repair()).as("seed %d", seed).isEqualTo(all.repair());
    }
  }

  @Test
  void paretoByDurationHoldsEveryStopOnce() {
    for (int round = 0; round < ROUNDS; round++) {
      Figures figures = production().figures(span(0, DAY));

      Pareto pareto = Pareto.of(figures, Pareto.By.DURATION);

      Duration sum =
          pareto.bars().stream()
              .map(bar -> bar.stood().time())
              .reduce(Duration.ZERO, Duration::plus);
      Duration explainedMicroStops =
          figures.stillness().pieces().stream()
              .filter(piece -> piece.micro() && piece.reason().isPresent())
              .map(piece -> piece.length())
              .reduce(Duration.ZERO, Duration::plus);
      assertThat(sum)
          .as("seed %d", seed)
          .isEqualTo(figures.timeTree().required().stops().plus(explainedMicroStops));
      assertThat(pareto.bars().get(pareto.bars().size() - 1).cumulated().ratio()).hasValue(1);
    }
  }

  @Test
  void rateOutsideItsBoundsIsNeverWithoutARemark() {
    int outside = 0;
    for (int round = 0; round < 20 * ROUNDS; round++) {
      int from = random.nextInt(2 * DAY);
      Figures figures = production().figures(span(from, from + random.nextInt(4000)));
      TimeTree tree = figures.timeTree();
      Iso22400 iso = Iso22400.of(figures);

      boolean out =
          Stream.of(
                  tree.availability(),
                  tree.performance(),
                  tree.quality(),
                  tree.trs(),
                  tree.trg(),
                  tree.tre(),
                  tree.load(),
                  tree.commitment(),
                  tree.coverage(),
                  iso.qualityRatio(),
                  iso.oee(),
                  iso.scrapRatio(),
                  iso.reworkRatio(),
                  iso.setupRate(),
                  iso.technicalEfficiency())
              .map(Rate::ratio)
              .flatMap(ratio -> ratio.stream().boxed())
              .anyMatch(ratio -> ratio.isNaN() || ratio < 0 || ratio > 1);
      outside += out ? 1 : 0;
      assertThat(out && figures.remarks().isEmpty()).as("seed %d: %s", seed, figures).isFalse();
    }
    assertThat(outside).as("how often a rate was outside, seed %d", seed).isPositive();
  }

  @Test
  void emptySpanHasNoFigureThatIsNotEmpty() {
    Figures figures = production().figures(span(100, 100));

    assertThat(figures.timeTree()).isEqualTo(TimeTree.NOTHING);
    assertThat(List.of(figures.timeTree().trs(), Iso22400.of(figures).availability()))
        .allMatch(rate -> rate.ratio().isEmpty());
    assertThat(Losses.of(figures)).isEqualTo(Losses.NONE);
  }
}
