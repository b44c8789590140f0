package fr.vigie.agent.driver.line;

import fr.vigie.time.BootTime;
import fr.vigie.time.Nanos;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads the time that a device prints, ISO 8601 to the nanosecond. Not safe for several threads.
 */
final class DeviceTime {
  private static final Instant EARLIEST = BootTime.FIRST_DATE;
  private static final Instant LATEST = Nanos.instant(Long.MAX_VALUE);
  private static final int DATE = 10;
  private static final int SECONDS = 19;

  private final Optional<ZoneId> zone;
  private String lastDate = "";
  private long lastDay;

  /**
   * @param zone of local times; without one only times with {@code Z} or an offset are read. A
   *     local time that the clocks show twice in autumn is the first of the two.
   */
  DeviceTime(Optional<ZoneId> zone) {
    this.zone = zone;
  }

  /** Empty when the text is no time, or one outside of 1769 to 2262. */
  Optional<Instant> read(String text) {
    try {
      Instant time = usual(text).or(() -> unusual(text)).orElse(Instant.MAX);
      return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> unusual(String text) {
    if (text.endsWith("Z")) {
      return Optional.of(Instant.parse(text));
    }
    String iso =
        text.length() > DATE && text.charAt(DATE) == ' ' ? text.replaceFirst(" ", "T") : text;
    int offset = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
    if (offset > DATE) {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    }
    return zone.map(known -> LocalDateTime.parse(iso).atZone(known).toInstant());
  }

  /** Reads {@code 2017-02-01T12:22:43.5468750Z} without the cost of a general parser. */
  private Optional<Instant> usual(String text) {
    int end = text.length() - 1;
    if (end < SECONDS
        || end > SECONDS + DATE
        || text.charAt(end) != 'Z'
        || text.charAt(DATE) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (end > SECONDS && text.charAt(SECONDS) != '.')
        || end == SECONDS + 1) {
      return Optional.empty();
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS);
    int fraction = end == SECONDS ? 0 : number(text, SECONDS + 1, end);
    if (hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || fraction < 0) {
      return Optional.empty();
    }
    for (int digits = end - SECONDS - 1; end > SECONDS && digits < 9; digits++) {
      fraction *= 10;
    }
    return Optional.of(
        Instant.ofEpochSecond(day(text) * 86_400L + hour * 3600 + minute * 60 + second, fraction));
  }

  private long day(String text) {
    if (!text.startsWith(lastDate) || lastDate.isEmpty()) {
      String date = text.substring(0, DATE);
      lastDay = LocalDate.parse(date).toEpochDay();
      lastDate = date;
    }
    return lastDay;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
