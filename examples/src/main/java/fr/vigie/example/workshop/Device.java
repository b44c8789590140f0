package fr.vigie.example.workshop;

import fr.vigie.signal.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A device that speaks for a machine at a steady pace, in virtual time. Equal seeds say equal
 * things. Not safe for use by several threads.
 */
abstract class Device {
  private final Duration every;
  private Duration next;
  private long sequence;

  Device(Duration every) {
    this.every = every;
    this.next = every;
  }

  /** Everything that is said after the last call and until {@code now}. */
  List<Message> until(Duration now) {
    List<Message> said = new ArrayList<>();
    while (next.compareTo(now) <= 0) {
      sequence++;
      said.add(new Message(next, sequence, values(next, sequence)));
      next = next.plus(every);
    }
    return said;
  }

  /** When it will speak next. */
  Duration next() {
    return next;
  }

  /** The same signals at every call, at times that only grow. */
  abstract Map<String, Value> values(Duration now, long sequence);
}
