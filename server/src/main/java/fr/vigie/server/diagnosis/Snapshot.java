package fr.vigie.server.diagnosis;

import fr.vigie.calendar.Shift;
import fr.vigie.production.Figures;
import fr.vigie.production.MachineState;
import fr.vigie.server.plant.Machine;
import fr.vigie.signal.Sample;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A machine as it is now.
 *
 * @param at the instant that this is about
 * @param shift the one that is on, if any
 * @param figures from the start of the shift up to {@code at}; of the last hours outside shifts
 * @param coverage what of that was seen
 */
public record Snapshot(
    Machine machine,
    Instant at,
    Optional<Shift> shift,
    Doing doing,
    Pace pace,
    Figures figures,
    Coverage coverage) {

  /**
   * @param since when the state began
   * @param said last sample of the state signal
   * @param lastSample time of the newest sample of any of the machine's signals
   * @param watcher the agent that sends them
   */
  public record Doing(
      MachineState state,
      Instant since,
      Optional<Sample> said,
      Optional<Instant> lastSample,
      Optional<Presence.Watcher> watcher) {}

  /**
   * @param speed of the speed signal; else parts an hour over the last quarter of an hour
   * @param measured whether the speed is that of the speed signal
   * @param referencePerHour parts an hour at the reference cycle
   */
  public record Pace(OptionalDouble speed, boolean measured, OptionalDouble referencePerHour) {}
}
