package fr.vigie.server.store.influx;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as InfluxDB spells them, such as {@code 720h0m0s}. */
final class GoDuration {
  private static final Pattern SPELLED = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

  private GoDuration() {}

  static Duration parse(String text) throws IOException {
    Matcher matcher = SPELLED.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IOException("found '" + text + "', wanted a duration such as 720h0m0s");
    }
    return Duration.ofHours(part(matcher, 1))
        .plusMinutes(part(matcher, 2))
        .plusSeconds(part(matcher, 3));
  }

  private static long part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
