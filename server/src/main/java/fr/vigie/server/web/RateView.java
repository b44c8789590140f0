package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.vigie.production.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rate with what it was made of.
 *
 * @param ratio 1 for 100 %, never clamped; null when it is not defined or refused
 * @param unit {@code s} or {@code parts}, of numerator and denominator
 * @param flags what to know about it
 */
record RateView(
    @Nullable Double ratio,
    @Nullable Double numerator,
    @Nullable Double denominator,
    @Nullable String unit,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> flags) {

  static RateView of(Rate rate, boolean refused, String... flags) {
    if (rate.of() == Rate.Of.NOTHING) {
      return new RateView(null, null, null, null, List.of(flags));
    }
    boolean time = rate.of() == Rate.Of.NANOSECONDS;
    double unit = time ? 1e9 : 1;
    boolean defined = rate.ratio().isPresent() && !refused;
    return new RateView(
        defined ? rate.ratio().getAsDouble() : null,
        rate.numerator() / unit,
        rate.denominator() / unit,
        time ? "s" : "parts",
        List.of(flags));
  }

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  static @Nullable Double seconds(Optional<Duration> duration) {
    return duration.isPresent() ? seconds(duration.get()) : null;
  }
}
