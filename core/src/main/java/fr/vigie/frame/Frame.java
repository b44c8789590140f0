package fr.vigie.frame;

import fr.vigie.signal.Kind;
import java.util.List;

/** What a firmware says in one frame. The byte layout is in docs/reference/firmware-frames.md. */
public sealed interface Frame {
  /** The version of the layout that this package speaks. */
  int PROTOCOL = 1;

  /** The most bytes of a frame before stuffing, its check included. */
  int MOST_BYTES = 512;

  /** Signals are numbered from 0 to 63. */
  int MOST_SIGNALS = 64;

  /**
   * Who speaks; said at the start and every few seconds.
   *
   * @param protocol version of the layout
   * @param session drawn or counted up at every start of the device, unsigned 32 bits
   * @param signals how many signals the schema has
   * @param firmware name and version, for people
   */
  record Hello(int protocol, long session, int signals, String firmware) implements Frame {
    public Hello {
      within("protocol", protocol, 0, 255);
      within("session", session, 0, 0xFFFF_FFFFL);
      within("signals", signals, 0, MOST_SIGNALS);
    }
  }

  /**
   * One signal of the schema.
   *
   * @param id by which samples name it
   * @param exponent whole numbers of its samples count units of 10 to this power
   */
  record Described(int id, Kind kind, int exponent, String name, String unit) implements Frame {
    public Described {
      within("id", id, 0, MOST_SIGNALS - 1);
      within("exponent", exponent, -9, 9);
    }
  }

  /**
   * What was read at one moment.
   *
   * @param sequence 1 for the first of a session, then 2, 3, …, unsigned 32 bits
   * @param millis of the device's own clock, unsigned 32 bits, rolls over after 49.7 days
   */
  record Samples(long sequence, long millis, List<Entry> entries) implements Frame {
    public Samples {
      within("sequence", sequence, 0, 0xFFFF_FFFFL);
      within("millis", millis, 0, 0xFFFF_FFFFL);
      entries = List.copyOf(entries);
    }
  }

  /** A word to whoever looks after the device. */
  record Log(String text) implements Frame {}

  /** The value of one signal. */
  sealed interface Entry {
    int id();

    /** A whole number, in units of the signal's exponent. */
    record Whole(int id, long value) implements Entry {}

    /** A number in the signal's unit, whatever its exponent. */
    record Real(int id, float value) implements Entry {
      public Real {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("a sample cannot hold " + value);
        }
      }
    }

    /** A state or an event. */
    record Text(int id, String value) implements Entry {}

    /** The device has no value for the signal now. */
    record None(int id) implements Entry {}
  }

  private static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " is not in " + least + " to " + most);
    }
  }
}
