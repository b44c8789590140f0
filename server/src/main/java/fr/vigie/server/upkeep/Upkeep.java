package fr.vigie.server.upkeep;

import fr.vigie.server.ingest.SignalKinds;
import fr.vigie.server.settings.KeptFor;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.server.store.Retention;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Keeps the store small and fast, step by step, and once a day drops what is older than the
 * settings say. A signal whose kind no birth tells is kept for ever. For one thread.
 */
@Component
final class Upkeep {
  private static final Duration BETWEEN_DROPS = Duration.ofDays(1);

  private final Store store;
  private final VigieSettings settings;
  private final InstantSource clock;
  private Instant nextDrop = Instant.MIN;

  Upkeep(Store store, VigieSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One bounded step.
   *
   * @return whether there may be more to do at once
   */
  boolean step() throws IOException {
    if (store.tidy()) {
      return true;
    }
    Instant now = clock.instant();
    if (!now.isBefore(nextDrop)) {
      if (settings.keep().anything()) {
        store.drop(retention(now));
      }
      nextDrop = now.plus(BETWEEN_DROPS);
    }
    return false;
  }

  private Retention retention(Instant now) {
    Map<Series, Kind> kinds = SignalKinds.of(settings.folder());
    return new Retention(
        series ->
            kinds.containsKey(series)
                ? keptFor(kinds.getOrDefault(series, Kind.STATE)).before(now)
                : Instant.MIN,
        settings.keep().windowsFor().before(now));
  }

  private KeptFor keptFor(Kind kind) {
    return switch (kind) {
      case GAUGE -> settings.keep().gaugesFor();
      case COUNTER -> settings.keep().countersFor();
      case STATE -> settings.keep().statesFor();
      case EVENT -> settings.keep().eventsFor();
    };
  }
}
