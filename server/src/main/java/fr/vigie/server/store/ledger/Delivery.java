package fr.vigie.server.store.ledger;

import fr.vigie.server.store.ledger.LedgerStore.Trouble;
import fr.vigie.server.store.sqlite.Bounds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is held to the database, and lets go of it once the database has it for sure. One
 * thread at a time.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);
  private static final long BETWEEN_SETTLEMENTS = Duration.ofSeconds(5).toNanos();
  private static final long BETWEEN_CHECKS = Duration.ofHours(1).toNanos();

  private final Ledger ledger;
  private final Engine engine;
  private final long mostHeld;
  private final InstantSource clock;
  private final LongSupplier monotonic;
  private String life = "";
  private boolean checked;
  private long checkedAt;
  private long settledAt;
  private volatile @Nullable Trouble trouble;

  /**
   * @param mostHeld bytes beyond which nothing new is taken
   */
  Delivery(Ledger ledger, long mostHeld, InstantSource clock, LongSupplier monotonic) {
    this.ledger = ledger;
    this.engine = ledger.engine();
    this.mostHeld = mostHeld;
    this.clock = clock;
    this.monotonic = monotonic;
    this.settledAt = monotonic.getAsLong();
  }

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Checks the database when that is due, and hands it all that it has not taken.
   *
   * @throws IOException when it cannot; nothing new may be written then
   */
  void deliver() throws IOException {
    try {
      if (!checked || monotonic.getAsLong() - checkedAt > BETWEEN_CHECKS) {
        check();
      }
      pushAll();
      settle();
    } catch (IOException e) {
      throw failed(e);
    }
    trouble = null;
    if (ledger.heldBytes() > mostHeld) {
      throw new IOException(
          engine.name()
              + " has taken as much as can be held until it is safe there, at most "
              + engine.hold().toSeconds()
              + " s; agents wait");
    }
  }

  /** Hands over what was just logged; when that fails, the next {@link #deliver} does it. */
  void push() {
    try {
      pushAll();
    } catch (IOException e) {
      LOG.warn("{}; what was taken is safe in the log", failed(e).getMessage());
    }
  }

  private void check() throws IOException {
    Bounds keeps = engine.prepare();
    Optional<String> owner = engine.owner();
    if (owner.isEmpty() && ledger.expects(keeps)) {
      throw new IOException(
          engine.name()
              + " holds none of the samples that were written there: was it emptied, or is it"
              + " another? Restore it, or begin anew with an empty ledger");
    }
    if (owner.isPresent() && !owner.get().equals(ledger.id())) {
      throw new IOException(
          engine.name()
              + " holds the samples of another ledger: name another database, or bring back the"
              + " folder of that ledger");
    }
    engine.claim(ledger.id());
    String now = engine.life();
    if (!now.equals(life)) {
      ledger.lost();
      life = now;
    }
    ledger.keeps(keeps);
    checked = true;
    checkedAt = monotonic.getAsLong();
  }

  private void pushAll() throws IOException {
    List<Engine.Points> points = ledger.unpushed();
    if (!points.isEmpty()) {
      engine.push(points);
    }
    ledger.pushed(monotonic.getAsLong());
  }

  private void settle() throws IOException {
    long now = monotonic.getAsLong();
    boolean due = now - settledAt >= BETWEEN_SETTLEMENTS || ledger.heldBytes() > mostHeld / 2;
    long through = ledger.pushedBefore(now - engine.hold().toNanos());
    if (!due || through == 0) {
      return;
    }
    if (!engine.life().equals(life)) {
      LOG.info("{} was restarted: what it may have lost is handed to it again", engine.name());
      check();
      pushAll();
      return;
    }
    settledAt = now;
    ledger.settle(through);
  }

  private IOException failed(IOException e) {
    checked = false;
    Trouble known = trouble;
    Instant since = known == null ? clock.instant() : known.since();
    trouble = new Trouble(since, String.valueOf(e.getMessage()));
    return new IOException(e.getMessage() + " (since " + since + ")", e);
  }
}
