package fr.vigie.improvement;

import fr.vigie.statistics.change.Holm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Compares what was before an action with what came after it. A verdict needs two methods that err
 * in different ways to agree: Welch's, with as many units as their autocorrelation leaves, and a
 * bootstrap of blocks. What stood in the way of a comparison is told instead of a verdict.
 */
public final class Evaluation {
  private Evaluation() {}

  /**
   * The answers to all questions about one action, in their order.
   *
   * @param now until when units may have been seen
   */
  public static List<Answer> of(Course course, List<Question> questions, Instant now) {
    List<Comparison> comparisons =
        questions.stream().map(question -> new Comparison(course, question, now)).toList();
    List<Optional<Effect>> effects = comparisons.stream().map(Comparison::effect).toList();
    Iterator<Double> adjusted =
        Holm.adjusted(
                effects.stream()
                    .flatMap(Optional::stream)
                    .map(effect -> effect.certainty().pValue())
                    .toList())
            .iterator();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      answers.add(
          comparisons
              .get(i)
              .answer(effects.get(i).map(effect -> effect.adjusted(adjusted.next()))));
    }
    return answers;
  }
}
