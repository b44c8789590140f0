package fr.vigie.agent.driver;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The form of a device's lines. */
enum LineFormat {
  /** A regular expression whose named groups are the keys; the whole line must match. */
  REGEX,
  /** {@code key=value;key=value}, with separators of one's own. */
  KEY_VALUE,
  /** One JSON object a line; keys of nested objects are joined by a dot. */
  JSON,
  /**
   * MTConnect adapters: {@code timestamp|key|value|key|value…}; a condition's key is followed by
   * level, native code, native severity, qualifier and text.
   */
  SHDR;

  /** Reads one line. */
  interface Parser {
    /**
     * @return false when the line does not have the form; the fields are then of no use
     */
    boolean parse(String line, Fields fields);
  }

  static Parser regex(Pattern pattern) {
    Map<String, Integer> groups = groups(pattern);
    return (line, fields) -> {
      Matcher matcher = pattern.matcher(line);
      if (!matcher.matches()) {
        return false;
      }
      groups.forEach(
          (name, group) -> {
            String value = matcher.group(group);
            if (value != null) {
              fields.add(name, value);
            }
          });
      return true;
    };
  }

  /** The named groups of a pattern and their numbers; Java 20 would tell them itself. */
  static Map<String, Integer> groups(Pattern pattern) {
    Matcher names = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>").matcher(pattern.pattern());
    Matcher probe = pattern.matcher("");
    return names
        .results()
        .map(result -> result.group(1))
        .distinct()
        .collect(Collectors.toMap(name -> name, name -> number(pattern, probe, name)));
  }

  private static int number(Pattern pattern, Matcher probe, String name) {
    String source = pattern.pattern();
    int group = 0;
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '(' && (source.charAt(i + 1) != '?' || isNamed(source, i))) {
        group++;
        if (source.startsWith("(?<" + name + ">", i)) {
          return group;
        }
      }
    }
    throw new IllegalStateException(name + " is no group of " + probe.pattern());
  }

  private static boolean isNamed(String source, int at) {
    return source.startsWith("(?<", at)
        && source.charAt(at + 3) != '='
        && source.charAt(at + 3) != '!';
  }

  static Parser keyValue(String pairSeparator, String keySeparator) {
    return (line, fields) -> {
      int from = 0;
      boolean any = false;
      while (from <= line.length()) {
        int to = line.indexOf(pairSeparator, from);
        int end = to < 0 ? line.length() : to;
        int split = line.indexOf(keySeparator, from);
        if (split > from && split < end) {
          fields.add(
              line.substring(from, split).strip(),
              line.substring(split + keySeparator.length(), end).strip());
          any = true;
        } else if (!line.substring(from, end).isBlank()) {
          return false;
        }
        if (to < 0) {
          break;
        }
        from = to + pairSeparator.length();
      }
      return any;
    };
  }

  static Parser shdr(List<Pattern> conditions) {
    return (line, fields) -> {
      int bar = line.indexOf('|');
      if (bar <= 0) {
        return false;
      }
      fields.time(line.substring(0, bar));
      String[] parts = line.substring(bar + 1).split("\\|", -1);
      int at = 0;
      while (at < parts.length) {
        String key = parts[at];
        boolean condition = conditions.stream().anyMatch(form -> form.matcher(key).matches());
        int taken = condition ? 5 : 1;
        if (at + taken >= parts.length) {
          return false;
        }
        fields.add(key, parts[at + 1]);
        at += taken + 1;
      }
      return true;
    };
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  static Parser json() {
    return (line, fields) -> {
      try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        object(json, "", fields);
        return json.nextToken() == null;
      } catch (JacksonException e) {
        return false;
      }
    };
  }

  private static void object(JsonParser json, String path, Fields fields) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = path + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(json, key + '.', fields);
      } else if (value == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        fields.add(key, json.getString());
      }
    }
  }
}
