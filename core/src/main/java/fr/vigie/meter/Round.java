package fr.vigie.meter;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One publication: all its samples have one time. */
record Round(Outlet outlet, Instant time) {
  Of of(Meter.Id id, String name, List<Tag> tags) {
    return new Of(this, id, name, tags, Ucum.of(Optional.ofNullable(id.getBaseUnit())));
  }

  /** Of one meter. */
  record Of(Round round, Meter.Id id, String name, List<Tag> tags, String unit) {
    /** Gives a value; one that is not finite is none. */
    void give(String statistic, Kind kind, String itsUnit, double value) {
      Signal signal =
          new Signal(round.outlet.machine(), SignalName.of(name, tags, statistic), kind, itsUnit);
      Sample sample =
          Double.isFinite(value) ? Sample.good(round.time, value) : Sample.missing(round.time);
      round.outlet.give(id, statistic, signal, sample);
    }
  }
}
