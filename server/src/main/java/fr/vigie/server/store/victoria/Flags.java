package fr.vigie.server.store.victoria;

import fr.vigie.server.store.lines.LineServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a VictoriaMetrics was started, as it says under {@code /metrics}.
 *
 * @param started when, in seconds since 1970
 */
record Flags(Map<String, String> values, String started) {
  private static final Pattern FLAG =
      Pattern.compile("flag\\{name=\"([^\"]+)\", ?value=\"([^\"]*)\".*");
  private static final Pattern STARTED = Pattern.compile("vm_app_start_timestamp (\\S+)");
  private static final Pattern PERIOD = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|d|w|y)?");
  private static final Duration MONTH = Duration.ofDays(31);

  static Flags read(InputStream in) throws IOException {
    Map<String, String> values = new HashMap<>();
    String started = "";
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher flag = FLAG.matcher(line);
      Matcher start = STARTED.matcher(line);
      if (flag.matches()) {
        values.put(flag.group(1), flag.group(2));
      } else if (start.matches()) {
        started = start.group(1);
      }
    }
    return new Flags(values, started);
  }

  /**
   * @throws IOException when it would keep a sample twice that is written twice, or is none
   */
  void check(String name) throws IOException {
    if (started.isEmpty() || values.isEmpty()) {
      throw new LineServer.Refused(name + " does not tell under /metrics how it was started");
    }
    String interval = values.getOrDefault("dedup.minScrapeInterval", "");
    if (!interval.equals("1ms")) {
      throw new LineServer.Refused(
          name
              + " was started with -dedup.minScrapeInterval='"
              + interval
              + "', wanted 1ms: what is sent again after a crash would count twice");
    }
  }

  Duration retention() throws IOException {
    String text = values.getOrDefault("retentionPeriod", "1");
    Matcher matcher = PERIOD.matcher(text);
    if (!matcher.matches()) {
      throw new LineServer.Refused("found -retentionPeriod='" + text + "', wanted such as 10y");
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    Duration one =
        switch (unit) {
          case "h" -> Duration.ofHours(1);
          case "d" -> Duration.ofDays(1);
          case "w" -> Duration.ofDays(7);
          case "y" -> Duration.ofDays(365);
          default -> MONTH;
        };
    return Duration.ofSeconds((long) (one.toSeconds() * Double.parseDouble(matcher.group(1))));
  }
}
