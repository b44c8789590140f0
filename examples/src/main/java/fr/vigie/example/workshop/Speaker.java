package fr.vigie.example.workshop;

import fr.vigie.example.ledger.Entry;
import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.terminal.PseudoTerminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lets a device speak on its line, and writes down each message before it is spoken. A reader that
 * does not keep up holds the device up, as a line with flow control would; nothing is skipped.
 */
final class Speaker {
  private static final Duration INTRODUCE_EVERY = Duration.ofSeconds(5);

  private final String sensor;
  private final String machine;
  private final Device device;
  private final Voice voice;
  private final PseudoTerminal line;
  private final Ledger ledger;
  private final Instant switchedOn;
  private Duration introduceAt = Duration.ZERO;

  Speaker(
      String sensor,
      String machine,
      Device device,
      Voice voice,
      PseudoTerminal line,
      Ledger ledger,
      Instant switchedOn) {
    this.sensor = sensor;
    this.machine = machine;
    this.device = device;
    this.voice = voice;
    this.line = line;
    this.ledger = ledger;
    this.switchedOn = switchedOn;
  }

  /** Says everything that is due {@code now} after switching on. */
  void step(Duration now) throws IOException {
    if (introduceAt.compareTo(now) <= 0) {
      line.write(voice.introduction());
      introduceAt = now.plus(INTRODUCE_EVERY);
    }
    for (Message message : device.until(now)) {
      Instant at = voice.stamp(switchedOn.plus(message.at()));
      ledger.add(entries(message, at));
      line.write(voice.say(message, at));
    }
  }

  /** When the next step has something to say. */
  Duration next() {
    return device.next();
  }

  private List<Entry> entries(Message message, Instant at) {
    return message.values().entrySet().stream()
        .map(
            said ->
                new Entry(
                    sensor,
                    machine,
                    message.sequence(),
                    said.getKey(),
                    said.getValue(),
                    at,
                    voice.stamps()))
        .toList();
  }
}
