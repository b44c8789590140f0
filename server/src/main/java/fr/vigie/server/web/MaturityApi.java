package fr.vigie.server.web;

import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.maturity.Stage;
import fr.vigie.maturity.StageProposal;
import fr.vigie.server.maturity.MaturityReport;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/maturity")
@Tag(name = "maturity")
final class MaturityApi {
  private static final Duration FOUR_WEEKS = Duration.ofDays(28);

  private final MaturityReport report;
  private final MessageSource messages;
  private final InstantSource clock;

  MaturityApi(MaturityReport report, MessageSource messages, InstantSource clock) {
    this.report = report;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * @param stage 1 to 6; null when not even the first is reached
   * @param next what the next stage asks for and is not there
   * @param silent what no machine tells
   */
  record MaturityView(
      Instant from,
      Instant to,
      @Nullable Integer stage,
      @Nullable String stageName,
      List<MissingView> next,
      List<IndicatorView> indicators,
      List<SilentView> silent,
      String note) {}

  /**
   * @param ratio null when it was not measured
   */
  record MissingView(
      int stage, String stageName, String indicator, double least, @Nullable Double ratio) {}

  /**
   * @param ratio numerator over denominator, never clamped; null when it was not measured
   * @param because why not, or why it cannot be right, if so
   */
  record IndicatorView(
      String indicator,
      String name,
      String formula,
      @Nullable Double ratio,
      @Nullable Double numerator,
      @Nullable Double denominator,
      @Nullable String unit,
      List<Finding.Detail> details,
      List<String> evidence,
      @Nullable String because) {}

  record SilentView(String dimension, String name) {}

  @GetMapping
  @Operation(
      summary = "The indicators of maturity and the stage that follows from them",
      description = "By default over the last 28 days; M1 over the 7 days before the end.")
  MaturityView maturity(
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale locale)
      throws IOException {
    Instant now = clock.instant();
    Span asked = Question.span(from, to, new Span(now.minus(FOUR_WEEKS), now));
    Span span =
        asked.end().isAfter(now) && asked.start().isBefore(now)
            ? new Span(asked.start(), now)
            : asked;
    MaturityReport.Report found = report.over(span);
    StageProposal proposal = found.proposal();
    return new MaturityView(
        span.start(),
        span.end(),
        proposal.stage().map(stage -> stage.ordinal() + 1).orElse(null),
        proposal.stage().map(stage -> name(stage, locale)).orElse(null),
        proposal.missing().stream().map(missing -> missing(missing, locale)).toList(),
        found.findings().entrySet().stream().map(finding -> indicator(finding, locale)).toList(),
        Stream.of(StageProposal.Silent.values())
            .map(silent -> new SilentView(word(silent), say("maturity." + word(silent), locale)))
            .toList(),
        say("maturity.note", locale));
  }

  private MissingView missing(StageProposal.Missing missing, Locale locale) {
    return new MissingView(
        missing.stage().ordinal() + 1,
        name(missing.stage(), locale),
        missing.requirement().indicator().name(),
        missing.requirement().least(),
        boxed(missing.ratio()));
  }

  private IndicatorView indicator(Map.Entry<Indicator, Finding> entry, Locale locale) {
    String id = entry.getKey().name();
    String name = say("maturity." + id, locale);
    String formula = say("maturity." + id + ".formula", locale);
    if (entry.getValue() instanceof Finding.Measured measured) {
      return new IndicatorView(
          id,
          name,
          formula,
          boxed(measured.ratio()),
          measured.numerator(),
          measured.denominator(),
          measured.unit(),
          measured.details(),
          measured.evidence(),
          because(measured.ratio()).map(word -> because(word, locale)).orElse(null));
    }
    String because = ((Finding.NotMeasured) entry.getValue()).because();
    return new IndicatorView(
        id, name, formula, null, null, null, null, List.of(), List.of(), because(because, locale));
  }

  private static Optional<String> because(OptionalDouble ratio) {
    if (ratio.isEmpty()) {
      return Optional.of("nothing-to-measure");
    }
    boolean share = ratio.getAsDouble() >= 0 && ratio.getAsDouble() <= 1;
    return share ? Optional.empty() : Optional.of("out-of-bounds");
  }

  private String because(String word, Locale locale) {
    return say("maturity.because." + word, locale);
  }

  private String name(Stage stage, Locale locale) {
    return say("maturity.stage." + (stage.ordinal() + 1), locale);
  }

  private String say(String key, Locale locale) {
    return messages.getMessage(key, new Object[0], locale);
  }

  private static String word(StageProposal.Silent silent) {
    return silent.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double boxed(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
