package fr.vigie.server.web;

import fr.vigie.production.Stop;
import fr.vigie.reason.Cause;
import fr.vigie.reason.Entry;
import fr.vigie.reason.ReasonedStop;
import fr.vigie.reason.StopKind;
import fr.vigie.server.diagnosis.Standstill;
import fr.vigie.server.plant.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stop or micro-stop.
 *
 * @param wholeSeconds length of the whole stop, beyond the span asked for too
 * @param waiting whether a person should say why, of all of the stop
 * @param parts fill the stop within the span asked for; empty of a micro-stop
 */
record StopView(
    Instant start,
    Instant end,
    double seconds,
    String state,
    double wholeSeconds,
    boolean micro,
    boolean waiting,
    List<PartView> parts) {

  /**
   * @param cause null while it is not known
   */
  record PartView(Instant start, Instant end, double seconds, @Nullable CauseView cause) {
    static PartView of(ReasonedStop.Part part, Locale locale) {
      return new PartView(
          part.span().start(),
          part.span().end(),
          RateView.seconds(part.span().length()),
          part.cause().isPresent() ? CauseView.of(part.cause().get(), locale) : null);
    }
  }

  /**
   * @param label in the reader's language
   * @param loss the big loss; null of what is planned
   * @param source {@code manual} or {@code automatic}
   * @param entry number of the line that gave it, and who wrote it; null of an automatic one
   * @param signal that gave it; null of a manual one
   * @param gaveWay reasons that later rules found
   */
  record CauseView(
      String reason,
      String label,
      String kind,
      boolean planned,
      @Nullable String loss,
      String source,
      @Nullable Long entry,
      @Nullable String by,
      @Nullable String signal,
      List<String> gaveWay) {
    static CauseView of(Cause cause, Locale locale) {
      Optional<Entry> entry = Optional.empty();
      Optional<String> signal = Optional.empty();
      List<String> gaveWay = List.of();
      if (cause.ground() instanceof Cause.ByHand hand) {
        entry = Optional.of(hand.entry());
      } else if (cause.ground() instanceof Cause.ByRule rule) {
        signal = Optional.of(rule.rule().signal());
        gaveWay = rule.others();
      }
      StopKind kind = cause.leaf().kind();
      return new CauseView(
          cause.leaf().code(),
          cause.leaf().label().in(locale),
          name(kind),
          kind.isPlanned(),
          kind.loss().map(StopView::name).orElse(null),
          cause.isByHand() ? "manual" : "automatic",
          entry.map(Entry::number).orElse(null),
          entry.map(Entry::who).orElse(null),
          signal.orElse(null),
          gaveWay);
    }
  }

  static StopView of(Standstill standstill, Machine machine, Locale locale) {
    Stop stop = standstill.stop();
    return new StopView(
        stop.span().start(),
        stop.span().end(),
        RateView.seconds(stop.length()),
        FiguresView.name(stop.state()),
        RateView.seconds(stop.whole().length()),
        false,
        standstill.reasons().waits(machine.rules().microStop()),
        standstill.reasons().within(stop.span()).stream()
            .flatMap(within -> within.parts().stream())
            .map(part -> PartView.of(part, locale))
            .toList());
  }

  static StopView micro(Stop stop) {
    return new StopView(
        stop.span().start(),
        stop.span().end(),
        RateView.seconds(stop.length()),
        FiguresView.name(stop.state()),
        RateView.seconds(stop.whole().length()),
        true,
        false,
        List.of());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
