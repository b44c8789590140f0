package fr.vigie.link;

import fr.vigie.wire.Payload;
import java.time.Duration;

/**
 * How a courier works.
 *
 * @param software name and version, told in the birth
 * @param payload the form of the batches on the wire
 * @param head how long a batch may wait for its acknowledgement in memory only, the most that a
 *     power cut can take; zero writes every batch to the outbox first
 * @param batch how often what was read leaves as a batch, at the latest; also how often the outbox
 *     is forced to the disk
 * @param keep how long what is acknowledged is kept, for a server that loses it; the outbox's
 *     settings hold the same
 * @param patience without any acknowledgement for this long the connection is given up
 */
public record CourierSettings(
    String site,
    String agent,
    String software,
    Payload payload,
    Duration head,
    Duration batch,
    Duration keep,
    Duration patience) {
  public static CourierSettings of(String site, String agent, String software) {
    return new CourierSettings(
        site,
        agent,
        software,
        Payload.COLUMNS,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofSeconds(10));
  }

  public CourierSettings with(Payload form, Duration inMemory, Duration every) {
    return new CourierSettings(site, agent, software, form, inMemory, every, keep, patience);
  }

  public CourierSettings keeping(Duration time) {
    return new CourierSettings(site, agent, software, payload, head, batch, time, patience);
  }
}
