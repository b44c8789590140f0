package fr.vigie.example.workshop;

import fr.vigie.signal.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Speaks as a PLC prints: {@code t=2026-11-24T08:00:01.000Z;n=42;state=RUN;count=318;temp=18.42}
 * and CR LF, with the time of its own clock and the number of the line.
 */
final class LineVoice implements Voice {
  private static final DateTimeFormatter STAMP =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  @Override
  public byte[] introduction() {
    return new byte[0];
  }

  @Override
  public byte[] say(Message message, Instant at) {
    StringBuilder line = new StringBuilder();
    line.append("t=").append(STAMP.format(stamp(at))).append(";n=").append(message.sequence());
    message
        .values()
        .forEach((name, value) -> line.append(';').append(name).append('=').append(text(value)));
    return line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean stamps() {
    return true;
  }

  @Override
  public Instant stamp(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static String text(Value value) {
    String text = value.toString();
    return text.endsWith(".0") && value instanceof Value.Number
        ? text.substring(0, text.length() - 2)
        : text;
  }
}
