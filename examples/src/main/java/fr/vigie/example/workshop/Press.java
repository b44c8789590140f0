package fr.vigie.example.workshop;

import fr.vigie.signal.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A stamping press with a small microcontroller beside it that measures the motor's current ten
 * times a second, counts parts at the chute and reads the stack light.
 */
final class Press extends Device {
  static final Duration REFERENCE_CYCLE = Duration.ofSeconds(6);
  static final Duration PACE = Duration.ofMillis(100);

  private final Production production;
  private final SplittableRandom noise;

  Press(long seed) {
    super(PACE);
    this.production = new Production(Habits.PRESS, seed);
    this.noise = new SplittableRandom(~seed);
  }

  @Override
  Map<String, Value> values(Duration now, long sequence) {
    production.advance(now);
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("current", Value.of(Decimal.hundredths(current(now))));
    values.put("parts", Value.of(production.parts()));
    values.put("scrap", Value.of(production.scrap()));
    values.put("state", Value.of(state()));
    return values;
  }

  private String state() {
    return switch (production.activity()) {
      case PRODUCING -> "AUTO";
      case HELD_UP -> "WAITING";
      case BROKEN -> "FAULT";
    };
  }

  /** Amperes: the flywheel idles near 3 A and takes up to 18 A in the stroke. */
  private double current(Duration now) {
    double ripple = 0.15 * (noise.nextDouble() - 0.5);
    return switch (production.activity()) {
      case PRODUCING -> 3.1 + stroke(production.progress(now)) + ripple;
      case HELD_UP -> 3.0 + ripple;
      case BROKEN -> 0.1 + ripple / 3;
    };
  }

  private static double stroke(double progress) {
    double fromMiddle = (progress - 0.62) / 0.09;
    return 14.6 * Math.exp(-fromMiddle * fromMiddle);
  }
}
