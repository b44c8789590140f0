package fr.vigie.example.workshop;

import fr.vigie.signal.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A filling machine whose PLC prints one line a second: state, bottles, rejects, temperature and
 * level of the product, and speed.
 */
final class Filler extends Device {
  static final Duration REFERENCE_CYCLE = Duration.ofSeconds(2);
  static final Duration PACE = Duration.ofSeconds(1);
  private static final double FULL_LITRES = 120;
  private static final double LITRES_A_BOTTLE = 0.75;

  private final Production production;
  private final SplittableRandom noise;
  private double level = FULL_LITRES;
  private double celsius = 18.4;
  private long bottles;

  Filler(long seed) {
    super(PACE);
    this.production = new Production(Habits.FILLER, seed);
    this.noise = new SplittableRandom(~seed);
  }

  @Override
  Map<String, Value> values(Duration now, long sequence) {
    production.advance(now);
    long made = production.parts() - bottles;
    bottles = production.parts();
    level -= made * LITRES_A_BOTTLE;
    if (level < 0.3 * FULL_LITRES) {
      level = FULL_LITRES;
    }
    celsius += 0.02 * (18.4 - celsius) + 0.06 * (noise.nextDouble() - 0.5);
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("state", Value.of(state()));
    values.put("count", Value.of(production.parts()));
    values.put("scrap", Value.of(production.scrap()));
    values.put("temp", Value.of(Decimal.hundredths(celsius)));
    values.put("level", Value.of(Decimal.hundredths(level + 0.2 * noise.nextDouble())));
    values.put("speed", Value.of(Decimal.hundredths(speed())));
    return values;
  }

  private String state() {
    return switch (production.activity()) {
      case PRODUCING -> "RUN";
      case HELD_UP -> "JAM";
      case BROKEN -> "ALARM";
    };
  }

  /** Bottles a minute. */
  private double speed() {
    boolean running = production.activity() == Production.Activity.PRODUCING;
    return running ? 28.3 + 0.4 * (noise.nextDouble() - 0.5) : 0;
  }
}
