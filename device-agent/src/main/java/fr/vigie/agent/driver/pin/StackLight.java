package fr.vigie.agent.driver.pin;

import fr.vigie.agent.bus.Debounce;
import fr.vigie.agent.bus.EdgePort;
import fr.vigie.agent.bus.GpioLines.Edges;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the lamps of a machine's signal tower, each by a line, and tells the state that they show
 * together.
 *
 * @param machine the machine that the signals belong to
 * @param lamps the line of each lamp, by the lamp's name
 * @param states how each state looks: some lamps, each off, on or blinking; a lamp that is not
 *     named may be anything. The first one that fits counts
 * @param otherwise the state while none fits
 * @param flicker a lamp that is dark for less than this is lit; hides the dimming of LEDs
 * @param silence everything is told again when it has not changed for so long
 * @param signals by name; the quantities are {@code state} and the lamps
 */
public record StackLight(
    String machine,
    Map<String, String> lamps,
    @Inline GpioInput input,
    Map<String, Map<String, Light>> states,
    @Default("unknown") String otherwise,
    @Default("50ms") Duration flicker,
    @Default("1m") Duration silence,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final String STATE = "state";
  private static final Duration LONGEST_FLICKER = Duration.ofMillis(500);
  private static final int MOST_LAMPS = 16;

  /** How a lamp shines. */
  public enum Light {
    OFF,
    ON,
    BLINKING
  }

  public StackLight {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                !lamps.isEmpty() && lamps.size() <= MOST_LAMPS,
                "lamps",
                lamps.size() + " lamps",
                "1 to " + MOST_LAMPS)
            .unless(!states.isEmpty(), "states", "nothing", "at least one state")
            .unless(
                flicker.compareTo(LONGEST_FLICKER) <= 0,
                "flicker",
                flicker.toMillis() + " ms",
                "0 to 500ms")
            .unless(!silence.isZero(), "silence", "0", "a duration such as 60s");
    for (Map.Entry<String, String> lamp : lamps.entrySet()) {
      input.check(mistakes, "lamps." + lamp.getKey(), lamp.getValue());
      mistakes.unless(
          !lamp.getKey().equals(STATE), "lamps." + lamp.getKey(), "'state'", "another name");
    }
    for (Map.Entry<String, Map<String, Light>> state : states.entrySet()) {
      for (String lamp : state.getValue().keySet()) {
        mistakes.unless(
            lamps.containsKey(lamp),
            "states." + state.getKey() + '.' + lamp,
            "no lamp of that name",
            "one of " + String.join(", ", lamps.keySet()));
      }
    }
    Quantity.check(mistakes, quantities(lamps), machine, signals);
    mistakes.refuse();
    lamps = Collections.unmodifiableMap(new LinkedHashMap<>(lamps));
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    signals = Map.copyOf(signals);
  }

  private static List<Quantity> quantities(Map<String, String> lamps) {
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(Quantity.state(STATE));
    lamps.keySet().forEach(lamp -> quantities.add(Quantity.state(lamp)));
    return quantities;
  }

  @Override
  public List<Quantity> quantities() {
    return quantities(lamps);
  }

  @Override
  public Place place() {
    return input.place(List.copyOf(lamps.values()));
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(input.open(List.copyOf(lamps.values()), Edges.BOTH, context), this, context);
  }

  /** The state that lamps show together. */
  String state(Map<String, Light> seen) {
    return states.entrySet().stream()
        .filter(state -> seen.entrySet().containsAll(state.getValue().entrySet()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(otherwise);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "stack-light";
    }

    @Override
    public Class<StackLight> config() {
      return StackLight.class;
    }
  }

  /** Reads the open lines. */
  static final class Reader implements Driver {
    private static final long LOOK = Duration.ofMillis(200).toNanos();

    private final EdgePort port;
    private final EdgePort.Taker taker = this::take;
    private final StackLight config;
    private final DriverContext context;
    private final Readings readings;
    private final KernelTime time;
    private final EdgeLosses losses;
    private final List<String> names;
    private final List<Lamp> lamps = new ArrayList<>();
    private final List<Debounce> steadied = new ArrayList<>();
    private Map<String, Light> told = Map.of();
    private String state = "";
    private final long silence;
    private long toldAt;
    private long latest = Long.MIN_VALUE;

    Reader(EdgePort port, StackLight config, DriverContext context) throws IOException {
      this.port = port;
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.time = new KernelTime(context);
      this.losses = new EdgeLosses(context, time);
      this.names = List.copyOf(config.lamps.keySet());
      this.silence = config.silence.toNanos();
      long now = context.monotonic().getAsLong();
      for (int i = 0; i < names.size(); i++) {
        Lamp lamp = new Lamp(port.isActive(i), now);
        lamps.add(lamp);
        steadied.add(new Debounce(port.isActive(i), 0, config.flicker.toNanos(), lamp::change));
      }
    }

    @Override
    public void step() throws IOException {
      long start = context.monotonic().getAsLong();
      long wait = LOOK;
      for (Debounce lamp : steadied) {
        wait = Math.min(wait, lamp.remaining(start));
      }
      if (port.read(wait, taker)) {
        for (int i = 0; i < lamps.size(); i++) {
          steadied.get(i).quiet(start);
          lamps.get(i).quiet(start);
        }
      }
      if (lamps.stream().allMatch(lamp -> lamp.light().isPresent())) {
        tell(start);
      }
      losses.step(start);
    }

    private void take(int line, boolean active, long nanos, long missed) {
      context.counters().countRead();
      losses.edge(nanos, missed);
      steadied.get(line).edge(active, nanos, missed);
    }

    /**
     * Tells what changed, dated when it began, or with the latest date told if it began before
     * that: what a lamp does is known only seconds later, and another may have changed meanwhile.
     */
    private void tell(long now) {
      long when = latest;
      Map<String, Light> seen = new LinkedHashMap<>();
      for (int i = 0; i < lamps.size(); i++) {
        when = Math.max(when, lamps.get(i).since());
        seen.put(names.get(i), lamps.get(i).light().orElseThrow());
      }
      if (!seen.equals(told)) {
        give(seen, false, when, now);
      } else if (now - toldAt >= silence) {
        context.counters().countRead();
        give(seen, true, now, now);
      }
    }

    private void give(Map<String, Light> seen, boolean again, long when, long now) {
      Instant date = time.at(when);
      seen.forEach(
          (lamp, light) -> {
            if (again || light != told.get(lamp)) {
              readings.give(lamp, date, light.name().toLowerCase(Locale.ROOT));
            }
          });
      String text = config.state(seen);
      if (again || !text.equals(state)) {
        readings.give(STATE, date, text);
      }
      state = text;
      told = seen;
      toldAt = now;
      latest = when;
    }

    @Override
    public void close() throws IOException {
      losses.close();
      port.close();
    }
  }
}
