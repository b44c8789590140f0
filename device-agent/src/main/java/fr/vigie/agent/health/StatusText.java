package fr.vigie.agent.health;

import fr.vigie.agent.driver.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A status file in words for people. */
public final class StatusText {
  private static final double MEBI = 1 << 20;

  private final Map<String, Object> root;

  private StatusText(Map<String, Object> root) {
    this.root = root;
  }

  /**
   * @throws IOException when there is no file, or one that is no status
   */
  public static StatusText read(Path file) throws IOException {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
      parser.nextToken();
      if (value(parser) instanceof Map<?, ?> map) {
        return new StatusText(named(map));
      }
      throw new IOException(file + " holds no status");
    } catch (JacksonException e) {
      throw new IOException(file + " holds no status: " + e.getOriginalMessage(), e);
    }
  }

  /** When the agent wrote it, by its clock. */
  public Instant at() {
    return Instant.parse(text(root, "at"));
  }

  /** What somebody should see to. */
  public List<String> attention() {
    List<String> words = new ArrayList<>();
    if (root.get("attention") instanceof List<?> list) {
      list.forEach(each -> words.add(String.valueOf(each)));
    }
    return words;
  }

  /** What the agent can tell of a sensor; empty when it has none of that name. */
  public Optional<List<Finding>> findings(String sensor) {
    Map<String, Object> sensors = map(root, "sensors");
    if (!sensors.containsKey(sensor)) {
      return Optional.empty();
    }
    List<Finding> findings = new ArrayList<>();
    if (map(sensors, sensor).get("findings") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> finding) {
          Map<String, Object> its = named(finding);
          findings.add(new Finding(Boolean.TRUE.equals(its.get("fine")), text(its, "words")));
        }
      }
    }
    return Optional.of(findings);
  }

  /** What the agent knows of the time. */
  public Finding clock() {
    String words = clockWords();
    boolean fine = !text(map(root, "clock"), "source").equals("none");
    return new Finding(fine, "the time is " + words);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    List<String> attention = attention();
    out.append(text(root, "agent")).append(" of ").append(text(root, "site"));
    out.append(attention.isEmpty() ? ": all is well\n" : ": needs attention\n");
    attention.forEach(words -> out.append("  ! ").append(words).append('\n'));
    line(out, "Running", "since " + when(root, "started"));
    link(out);
    outbox(out);
    line(out, "Clock", clockWords());
    line(out, "Losses", losses());
    map(root, "sensors").forEach((name, sensor) -> sensor(out, name, sensor));
    return out.toString();
  }

  private void link(StringBuilder out) {
    Map<String, Object> link = map(root, "link");
    boolean connected = Boolean.TRUE.equals(link.get("connected"));
    line(
        out,
        "Link",
        (connected ? "connected to " : "not connected to ")
            + text(link, "broker")
            + " since "
            + when(link, "since"));
    line(
        out,
        "Server",
        (root.containsKey("lastAcknowledged")
                ? "last acknowledged " + when(root, "lastAcknowledged")
                : "has acknowledged nothing since the start")
            + ", "
            + whole(root, "pendingBatches")
            + " batches wait");
  }

  private void outbox(StringBuilder out) {
    Map<String, Object> outbox = map(root, "outbox");
    String left =
        outbox.get("hoursLeft") instanceof Number hours
            ? String.format(
                Locale.ROOT, "; at the present rate room for %,.1f h", hours.doubleValue())
            : "";
    line(
        out,
        "Outbox",
        String.format(
            Locale.ROOT,
            "%.1f of %.1f MB%s",
            number(outbox, "bytes") / MEBI,
            number(outbox, "limit") / MEBI,
            left));
  }

  private String clockWords() {
    Map<String, Object> clock = map(root, "clock");
    String source = text(clock, "source");
    String words =
        switch (source) {
          case "none" -> "not known since " + when(clock, "since") + ", readings wait for it";
          case "server" -> "known from the server since " + when(clock, "since");
          default -> "known from the board since " + when(clock, "since");
        };
    if (!source.equals("none")) {
      words +=
          String.format(
              Locale.ROOT,
              ", to %.3f s, corrected by %+.3f s then",
              number(clock, "uncertainty"),
              number(clock, "correction"));
    }
    if (clock.containsKey("serverAhead")) {
      words += String.format(Locale.ROOT, "; the server is %+.3f s", number(clock, "serverAhead"));
    }
    if (clock.containsKey("lastStep")) {
      words +=
          String.format(
              Locale.ROOT,
              "; has jumped %s times, last by %+.3f s %s",
              whole(clock, "steps"),
              number(clock, "lastStep"),
              when(clock, "lastStepAt"));
    }
    return words;
  }

  private String losses() {
    StringJoiner reasons = new StringJoiner(", ");
    map(root, "lossesBy").forEach((reason, count) -> reasons.add(count + " " + word(reason)));
    return number(root, "losses") == 0
        ? "none declared since the start"
        : whole(root, "losses") + " declared since the start: " + reasons;
  }

  private static String word(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void sensor(StringBuilder out, String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return;
    }
    Map<String, Object> sensor = named(map);
    String problem = text(sensor, "problem");
    line(
        out,
        name,
        text(sensor, "state")
            + " since "
            + when(sensor, "since")
            + (problem.isEmpty() ? "" : ": " + problem)
            + ", "
            + whole(sensor, "accepted")
            + " samples, "
            + whole(sensor, "rejected")
            + " rejected");
    map(sensor, "calibrations")
        .forEach((signal, words) -> line(out, "", signal + " calibrated at " + words));
  }

  private static void line(StringBuilder out, String name, String words) {
    out.append(String.format("%-10s", name)).append(' ').append(words).append('\n');
  }

  private String when(Map<String, Object> of, String name) {
    Instant time = Instant.parse(text(of, name));
    Duration ago = Duration.between(time, at());
    return Instant.ofEpochSecond(time.getEpochSecond()) + " (" + length(ago) + " before)";
  }

  private static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200
        ? seconds / 60 + " min"
        : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  private static String text(Map<String, Object> of, String name) {
    Object value = of.get(name);
    return value == null ? "" : value.toString();
  }

  private static double number(Map<String, Object> of, String name) {
    return of.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String whole(Map<String, Object> of, String name) {
    return String.format(Locale.ROOT, "%,d", (long) number(of, name));
  }

  private static Map<String, Object> map(Map<String, Object> of, String name) {
    return of.get(name) instanceof Map<?, ?> map ? named(map) : Map.of();
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  /** Objects as maps, lists as lists, the rest as numbers, truths and texts; null is empty. */
  private static Object value(JsonParser parser) {
    JsonToken token = Optional.ofNullable(parser.currentToken()).orElse(JsonToken.VALUE_NULL);
    switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        return map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      }
      case VALUE_NUMBER_INT -> {
        return parser.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        return parser.getDoubleValue();
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return token == JsonToken.VALUE_TRUE;
      }
      case VALUE_STRING -> {
        return parser.getString();
      }
      default -> {
        return "";
      }
    }
  }
}
