package fr.vigie.server.web;

import fr.vigie.server.plant.Mistake;
import fr.vigie.statistics.control.ControlCharts;
import fr.vigie.statistics.control.Tolerance;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a question for charts: which span, which chart, how many observations make a subgroup, and
 * between which limits a measure should lie. Mistakes are gathered and told at once.
 */
final class ChartQuestion {
  /** Chart of subgroups by their size; 1 are individuals. */
  enum Kind {
    I_MR(1, 1),
    XBAR_R(2, 10),
    XBAR_S(2, 1_000);

    private final int fewest;
    private final int most;

    Kind(int fewest, int most) {
      this.fewest = fewest;
      this.most = most;
    }

    /**
     * @param subgroup as many observations as {@link #fits} says
     */
    ControlCharts of(double[] observations, int subgroup) {
      if (this == I_MR) {
        return ControlCharts.individuals(observations);
      }
      double[][] groups = new double[observations.length / subgroup][];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = Arrays.copyOfRange(observations, i * subgroup, (i + 1) * subgroup);
      }
      return this == XBAR_R
          ? ControlCharts.meansAndRanges(groups)
          : ControlCharts.meansAndDeviations(groups);
    }

    boolean fits(int subgroup) {
      return subgroup >= fewest && subgroup <= most;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Says in the OpenAPI document what is read here. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @Parameter(name = "from", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @Parameter(name = "subgroup", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
  @Parameter(name = "chart", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
  @interface Documented {}

  /** Says in the OpenAPI document what {@link #tolerance} reads. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @Parameter(name = "lower", in = ParameterIn.QUERY, schema = @Schema(type = "number"))
  @Parameter(name = "upper", in = ParameterIn.QUERY, schema = @Schema(type = "number"))
  @Parameter(name = "target", in = ParameterIn.QUERY, schema = @Schema(type = "number"))
  @interface DocumentedTolerance {}

  /** A chart that is to be made. */
  record Asked(Span span, Kind kind, int subgroup) {}

  private final Map<String, String> given;
  private final Function<String, String> words;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * @param given what was asked, by name
   * @param words finds what was wanted, in the reader's language
   */
  ChartQuestion(Map<String, String> given, Function<String, String> words) {
    this.given = given;
    this.words = words;
  }

  /**
   * Reads what every question has. To be followed by {@link #check}.
   *
   * @param otherwise for ends of the span that were not given, or cannot be read
   */
  Asked chart(Span otherwise) {
    boolean from = read("from", "instant", Question::instant).isPresent();
    boolean to = read("to", "instant", Question::instant).isPresent();
    Span span = otherwise;
    try {
      span = Question.span(known("from", from), known("to", to), otherwise);
    } catch (Problem problem) {
      wrong("to", "span");
    }
    Optional<Kind> kind = read("chart", "chart", ChartQuestion::kind);
    int usual = kind.map(it -> it.fewest).orElse(1);
    int subgroup = read("subgroup", "subgroup", Integer::valueOf).orElse(usual);
    Kind fitting =
        kind.orElseGet(
            () ->
                Stream.of(Kind.values())
                    .filter(each -> each.fits(subgroup))
                    .findFirst()
                    .orElse(Kind.XBAR_S));
    if (!fitting.fits(subgroup)) {
      wrong("subgroup", "subgroup." + fitting.word());
    }
    return new Asked(span, fitting, subgroup);
  }

  /** Reads limits and target. To be followed by {@link #check}. */
  Optional<Tolerance> tolerance() {
    OptionalDouble lower = number("lower");
    OptionalDouble upper = number("upper");
    OptionalDouble target = number("target");
    if (!given.containsKey("lower") && !given.containsKey("upper")) {
      wrong("lower", "limits");
      return Optional.empty();
    }
    if (lower.isEmpty() && upper.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Tolerance(lower, upper, target));
    } catch (IllegalArgumentException e) {
      wrong("lower", "below-upper");
      return Optional.empty();
    }
  }

  /**
   * @throws Problem when anything that was read is a mistake
   */
  void check() {
    if (!mistakes.isEmpty()) {
      throw Problem.mistaken(mistakes);
    }
  }

  private OptionalDouble number(String key) {
    Optional<Double> number = read(key, "number", ChartQuestion::finite);
    return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
  }

  private static double finite(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Kind kind(String word) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  private Optional<String> known(String key, boolean readable) {
    return readable ? Optional.ofNullable(given.get(key)) : Optional.empty();
  }

  private <T> Optional<T> read(String key, String wanted, Function<String, T> reading) {
    String text = given.get(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(text));
    } catch (IllegalArgumentException | Problem e) {
      wrong(key, wanted);
      return Optional.empty();
    }
  }

  private void wrong(String key, String wanted) {
    mistakes.add(new Mistake(key, given.getOrDefault(key, ""), words.apply("chart." + wanted)));
  }
}
