package fr.vigie.example.ledger;

import fr.vigie.signal.Value;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * One value that a device said.
 *
 * @param sensor the agent's name for the device
 * @param machine the machine that the signal belongs to
 * @param sequence the device's own number of the message
 * @param at when the device said it, by its own clock
 * @param stamped whether the device told that time, so that it must be stored with it
 */
public record Entry(
    String sensor,
    String machine,
    long sequence,
    String signal,
    Value value,
    Instant at,
    boolean stamped) {
  private static final int FIELDS = 7;

  String line() {
    String kind = value instanceof Value.Text ? "t" : "n";
    return String.join(
        "|",
        sensor,
        machine,
        Long.toString(sequence),
        signal,
        kind + value,
        at.toString(),
        stamped ? "stamped" : "heard");
  }

  /**
   * @throws IllegalArgumentException when the line is not one of a ledger
   */
  static Entry parse(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length != FIELDS || fields[4].isEmpty()) {
      throw new IllegalArgumentException("not a line of a ledger: " + line);
    }
    try {
      String said = fields[4].substring(1);
      Value value =
          fields[4].charAt(0) == 't' ? Value.of(said) : Value.of(Double.parseDouble(said));
      return new Entry(
          fields[0],
          fields[1],
          Long.parseLong(fields[2]),
          fields[3],
          value,
          Instant.parse(fields[5]),
          fields[6].equals("stamped"));
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException("not a line of a ledger: " + line, e);
    }
  }
}
