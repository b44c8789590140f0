package fr.vigie.server.usage;

import fr.vigie.energy.Energy;
import fr.vigie.production.Figures;
import fr.vigie.server.diagnosis.Days;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Store;
import fr.vigie.server.upkeep.Chore;
import fr.vigie.time.Span;
import fr.vigie.usage.Chain;
import fr.vigie.usage.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * Reads what was used of a contract's machine, day by day by the site's clock, each day once it is
 * over. A day that reads otherwise within the next weeks, since data came late or the machine's
 * description changed, is corrected by a further entry. Safe for use by several threads.
 */
@Component
public final class UsageReadings implements Chore {
  /** After the end of a day, so that what was on its way has come. */
  static final Duration SETTLED = Duration.ofHours(1);

  /** A day is read again for so long; whatever comes later changes no reading any more. */
  static final Duration CORRECTED = Duration.ofDays(35);

  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final String ANEW = "relecture / read anew";

  private final Contracts contracts;
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Store store;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  UsageReadings(
      Contracts contracts, Plant plant, Diagnosis diagnosis, Store store, InstantSource clock) {
    this.contracts = contracts;
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Adds what is new to the chain of a contract.
   *
   * @throws IOException when the store cannot be read; nothing is added then
   */
  public synchronized Chain record(Contracts.Metered metered) throws IOException {
    Chain chain = contracts.chain(metered.contract());
    Machine machine = plant.machine(metered.contract().machine()).orElse(null);
    if (machine == null) {
      return chain;
    }
    int before = chain.entries().size();
    Instant now = clock.instant();
    for (Span day : Days.of(metered.contract().period(), metered.zone())) {
      boolean over = !day.end().plus(SETTLED).isAfter(now);
      if (over && (isNew(chain, day) || isWhole(machine, day, now))) {
        Figures figures = diagnosis.figures(machine, day);
        chain =
            chain.read(
                day, Quantities.of(machine.rules(), figures, wattHours(metered, day)), now, ANEW);
      }
    }
    contracts.append(chain, before);
    return chain;
  }

  /** Reads every contract that has something to be read, once an hour. */
  @Override
  public synchronized void run() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    for (Contracts.Metered metered : contracts.all()) {
      Span period = metered.contract().period();
      if (period.start().isBefore(now) && period.end().plus(CORRECTED).isAfter(now)) {
        record(metered);
      }
    }
    next = now.plus(BETWEEN);
  }

  private static boolean isNew(Chain chain, Span day) {
    return chain.entries().stream().noneMatch(it -> it.span().equals(day));
  }

  /** Whether a day may be corrected: it is not long ago, and nothing of it was dropped since. */
  private boolean isWhole(Machine machine, Span day, Instant now) throws IOException {
    Instant kept = store.droppedBefore(machine.series(machine.signals().state()));
    return day.end().plus(CORRECTED).isAfter(now) && !kept.isAfter(day.start());
  }

  /** Of all the day; what is known of a part of it is no sum of the day. */
  private OptionalLong wattHours(Contracts.Metered metered, Span day) throws IOException {
    if (metered.meter().isEmpty()) {
      return OptionalLong.empty();
    }
    Energy energy = metered.meter().get().within(store, day);
    return energy.known().equals(day.length())
        ? OptionalLong.of(Math.round(1_000 * energy.kilowattHours()))
        : OptionalLong.empty();
  }
}
