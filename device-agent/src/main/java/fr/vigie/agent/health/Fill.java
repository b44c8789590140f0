package fr.vigie.agent.health;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How full the outbox is.
 *
 * @param bytes that wait on the disk
 * @param limit the most that may wait
 * @param bytesAnHour that readings take at the present rate; empty when that is not known yet
 */
public record Fill(long bytes, long limit, OptionalDouble bytesAnHour) {
  public int percent() {
    return (int) (100 * Math.min(bytes, limit) / limit);
  }

  /** How long readings can still wait on the disk without a link. */
  public OptionalDouble hoursLeft() {
    return bytesAnHour.isPresent() && bytesAnHour.getAsDouble() > 0
        ? OptionalDouble.of(Math.max(0, limit - bytes) / bytesAnHour.getAsDouble())
        : OptionalDouble.empty();
  }

  OptionalLong minutesLeft() {
    OptionalDouble hours = hoursLeft();
    return hours.isPresent()
        ? OptionalLong.of((long) (hours.getAsDouble() * 60))
        : OptionalLong.empty();
  }
}
