package fr.vigie.server.web;

import fr.vigie.improvement.Action;
import fr.vigie.improvement.Measure;
import fr.vigie.server.plant.Registered;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An action as it was registered.
 *
 * @param measures what it is to change, each with the direction that it is to take
 * @param registeredBeforehand false when the works had begun: its result was to be known
 * @param eurosAnHour null when it was not said
 */
record ActionView(
    long id,
    String what,
    String machine,
    @Nullable String control,
    List<Aim> measures,
    String every,
    SpanView baseline,
    SpanView after,
    List<SpanView> exclusions,
    @Nullable Double eurosAnHour,
    Instant registered,
    boolean registeredBeforehand) {

  record Aim(String measure, String direction) {
    static Aim of(Measure measure) {
      return new Aim(lower(measure), lower(measure.better()));
    }
  }

  record SpanView(Instant from, Instant to) {
    static SpanView of(Span span) {
      return new SpanView(span.start(), span.end());
    }
  }

  static ActionView of(Registered registered) {
    Action action = registered.action();
    return new ActionView(
        registered.id(),
        action.what(),
        action.machine(),
        action.control().orElse(null),
        action.measures().stream().map(Aim::of).toList(),
        lower(registered.every()),
        SpanView.of(action.course().baseline()),
        SpanView.of(action.course().after()),
        action.course().exclusions().stream().map(SpanView::of).toList(),
        registered.eurosAnHour().isPresent() ? registered.eurosAnHour().getAsDouble() : null,
        action.registered(),
        action.isRegisteredBeforehand());
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
