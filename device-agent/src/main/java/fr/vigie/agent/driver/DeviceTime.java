package fr.vigie.agent.driver;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the time that a device prints, ISO 8601 to the nanosecond. */
final class DeviceTime {
  private final Optional<ZoneId> zone;

  /**
   * @param zone of local times; without one only times with {@code Z} or an offset are read
   */
  DeviceTime(Optional<ZoneId> zone) {
    this.zone = zone;
  }

  Optional<Instant> read(String text) {
    try {
      if (text.endsWith("Z")) {
        return Optional.of(Instant.parse(text));
      }
      String iso =
          text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
      int offset = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
      if (offset > 10) {
        return Optional.of(OffsetDateTime.parse(iso).toInstant());
      }
      return zone.map(known -> LocalDateTime.parse(iso).atZone(known).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
