package fr.vigie.meter;

import fr.vigie.signal.Names;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import io.micrometer.core.instrument.Meter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the samples of meters go. Of two meters whose signals have one name only the first is
 * given: the other is told once, and left out.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  private final String machine;
  private final Function<Signal, ? extends Consumer<Sample>> describe;
  private final Map<String, Taker> takers = new HashMap<>();
  private final Set<Owner> leftOut = new HashSet<>();
  private final Set<Meter.Id> failing = new HashSet<>();

  private record Owner(Meter.Id id, String statistic) {
    @Override
    public String toString() {
      return id.getName() + id.getTags() + statistic;
    }
  }

  private record Taker(Owner owner, Signal signal, Consumer<Sample> consumer) {}

  Outlet(String machine, Function<Signal, ? extends Consumer<Sample>> describe) {
    this.machine = Names.check("machine", machine);
    this.describe = describe;
  }

  String machine() {
    return machine;
  }

  synchronized void give(Meter.Id id, String statistic, Signal signal, Sample sample) {
    Owner owner = new Owner(id, statistic);
    Optional<Taker> taker = Optional.ofNullable(takers.get(signal.name()));
    if (taker.isEmpty() && !leftOut.contains(owner)) {
      taker = describe(owner, signal);
    }
    if (taker.isPresent() && taker.get().owner.equals(owner) && taker.get().signal.equals(signal)) {
      taker.get().consumer.accept(sample);
    } else if (leftOut.add(owner)) {
      LOG.warn(
          "The meter {} ({}) is left out, for {} has given the signal {} already. Rename it, or"
              + " change a tag, with a MeterFilter",
          owner,
          words(signal),
          taker.map(it -> it.owner + " (" + words(it.signal) + ')').orElse("another one"),
          signal.name());
    }
  }

  private Optional<Taker> describe(Owner owner, Signal signal) {
    try {
      Taker taker = new Taker(owner, signal, describe.apply(signal));
      takers.put(signal.name(), taker);
      return Optional.of(taker);
    } catch (IllegalArgumentException e) {
      leftOut.add(owner);
      LOG.warn("The meter {} is left out: {}", owner, e.getMessage());
      return Optional.empty();
    }
  }

  private static String words(Signal signal) {
    String kind = signal.kind().name().toLowerCase(Locale.ROOT);
    return signal.unit().isEmpty() ? kind : kind + " in " + signal.unit();
  }

  /** A meter cannot be read. */
  synchronized void failed(Meter.Id id, RuntimeException why) {
    if (failing.add(id)) {
      LOG.warn("The meter {} cannot be read: {}", id, why.toString());
    }
  }
}
