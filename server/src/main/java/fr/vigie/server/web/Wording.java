package fr.vigie.server.web;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.springframework.context.MessageSource;

/** Words and numbers as a reader of one language and one site expects them. */
final class Wording {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM HH:mm");
  private static final char TIGHT = '\u00a0';

  private final MessageSource messages;
  private final Locale locale;
  private final ZoneId zone;

  Wording(MessageSource messages, Locale locale, ZoneId zone) {
    this.messages = messages;
    this.locale = locale;
    this.zone = zone;
  }

  Locale locale() {
    return locale;
  }

  ZoneId zone() {
    return zone;
  }

  String say(String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }

  String clock(Instant instant) {
    return CLOCK.format(instant.atZone(zone));
  }

  /** The time of day, with the day when it is not today. */
  String clock(Instant instant, Instant now) {
    boolean today = instant.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? CLOCK : DAY).format(instant.atZone(zone));
  }

  /** With at most so many decimals. */
  String number(double number, int decimals) {
    return number(number, 0, decimals);
  }

  /** With exactly so many decimals, so that what stands beside it does not move. */
  String fixed(double number, int decimals) {
    return number(number, decimals, decimals);
  }

  private String number(double number, int fewest, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(fewest);
    format.setMaximumFractionDigits(decimals);
    return format.format(number).replace('\u202f', TIGHT);
  }

  /** Such as {@code 82 %}; a dash when there is none. */
  String percent(OptionalDouble ratio) {
    if (ratio.isEmpty()) {
      return "–";
    }
    return number(100 * ratio.getAsDouble(), 0)
        + (locale.getLanguage().equals("fr") ? TIGHT + "%" : "%");
  }

  /** The same words that the page's script uses. */
  String length(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return "" + seconds + TIGHT + say("unit.seconds");
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return "" + minutes + TIGHT + say("unit.minutes");
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return String.format(Locale.ROOT, "%d\u00a0h\u00a0%02d", hours, minutes % 60);
    }
    return "" + hours / 24 + TIGHT + say("unit.day");
  }
}
