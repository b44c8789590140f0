package fr.vigie.server.store.lines;

import fr.vigie.server.store.Series;

/** Lines of the line protocol of one measurement, {@code vigie}. Not safe for several threads. */
public final class Lines {
  public static final String MEASUREMENT = "vigie";

  private final StringBuilder text = new StringBuilder(1 << 16);
  private boolean first;

  public int length() {
    return text.length();
  }

  /** Begins a line; names need no escapes, and tags go in the order of the alphabet. */
  public Lines begin(String head) {
    text.append(head);
    first = true;
    return this;
  }

  /** What a line of a lane begins with. */
  public static String head(Series series, int lane) {
    return MEASUREMENT
        + (lane == 0 ? "" : ",lane=" + lane)
        + ",machine="
        + series.machine()
        + ",signal="
        + series.signal()
        + ",site="
        + series.site();
  }

  public Lines field(String name, double number) {
    name(name).append(number);
    return this;
  }

  public Lines field(String name, boolean value) {
    name(name).append(value);
    return this;
  }

  /** A whole number, which the line protocol tells from others by a letter. */
  public Lines whole(String name, long number) {
    name(name).append(number).append('i');
    return this;
  }

  public Lines field(String name, String value) {
    name(name).append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        text.append('\\');
      }
      text.append(next);
    }
    text.append('"');
    return this;
  }

  public void end(long time) {
    text.append(' ').append(time).append('\n');
  }

  /** All lines; there are none afterwards. */
  public String take() {
    String all = text.toString();
    text.setLength(0);
    return all;
  }

  private StringBuilder name(String name) {
    text.append(first ? ' ' : ',').append(name).append('=');
    first = false;
    return text;
  }
}
