package fr.vigie.agent.driver.line;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The form of a device's lines. */
enum LineFormat {
  /** A regular expression whose named groups are the keys; the whole line must match. */
  REGEX,
  /** {@code key=value;key=value}, with separators of one's own; no key twice. */
  KEY_VALUE,
  /** One JSON object a line; keys of nested objects are joined by a dot, arrays are passed over. */
  JSON,
  /**
   * MTConnect adapters: {@code timestamp|key|value|key|value…}; a condition's key is followed by
   * level, native code, native severity, qualifier and text.
   */
  SHDR;

  private static final int CONDITION_FIELDS = 5;
  private static final int MOST_KEYS_REMEMBERED = 4096;
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  /** Reads one line. */
  interface Parser {
    /**
     * @return false when the line does not have the form; the fields are then of no use
     */
    boolean parse(String line, Fields fields);
  }

  static Parser regex(Pattern pattern) {
    String[] names = groups(pattern).toArray(String[]::new);
    return (line, fields) -> {
      Matcher matcher = pattern.matcher(line);
      if (!matches(matcher)) {
        return false;
      }
      for (String name : names) {
        String value = matcher.group(name);
        if (value != null) {
          fields.add(name, value);
        }
      }
      return true;
    };
  }

  /** Noise can be long enough for a pattern with alternatives to run out of stack: no match. */
  private static boolean matches(Matcher matcher) {
    try {
      return matcher.matches();
    } catch (StackOverflowError e) {
      return false;
    }
  }

  /** The names of a pattern's groups; Java 20 would tell them itself. */
  static Set<String> groups(Pattern pattern) {
    Set<String> names = new LinkedHashSet<>();
    Matcher candidates = NAMED_GROUP.matcher(pattern.pattern());
    while (candidates.find()) {
      String name = candidates.group(1);
      try {
        Pattern.compile(pattern.pattern() + "\n\\k<" + name + ">", pattern.flags());
        names.add(name);
      } catch (PatternSyntaxException e) {
        continue;
      }
    }
    return names;
  }

  static Parser keyValue(String pairSeparator, String keySeparator) {
    return (line, fields) -> {
      int from = 0;
      while (from <= line.length()) {
        int to = line.indexOf(pairSeparator, from);
        int end = to < 0 ? line.length() : to;
        if (!pair(line, from, end, keySeparator, fields)) {
          return false;
        }
        from = end + pairSeparator.length();
      }
      return fields.size() > 0;
    };
  }

  private static boolean pair(String line, int from, int end, String separator, Fields fields) {
    int split = line.indexOf(separator, from);
    if (split < 0 || split >= end) {
      return line.substring(from, end).isBlank();
    }
    int value = split + separator.length();
    int again = line.indexOf(separator, value);
    boolean twice = again >= 0 && again < end;
    return split > from
        && value <= end
        && !twice
        && fields.addOnce(line.substring(from, split).strip(), line.substring(value, end).strip());
  }

  static Parser shdr(List<Pattern> conditions) {
    Map<String, Boolean> known = new HashMap<>();
    return (line, fields) -> {
      int bar = line.indexOf('|');
      if (bar <= 0) {
        return false;
      }
      fields.time(line.substring(0, bar));
      int at = bar + 1;
      while (at <= line.length()) {
        int keyEnd = end(line, at);
        if (keyEnd == at || keyEnd == line.length()) {
          return false;
        }
        String key = line.substring(at, keyEnd);
        int valueEnd = end(line, keyEnd + 1);
        fields.add(key, line.substring(keyEnd + 1, valueEnd));
        at = valueEnd;
        if (isCondition(key, conditions, known)) {
          for (int field = 2; field <= CONDITION_FIELDS; field++) {
            if (at == line.length()) {
              return false;
            }
            at = end(line, at + 1);
          }
        }
        at++;
      }
      return true;
    };
  }

  private static int end(String line, int from) {
    int bar = line.indexOf('|', from);
    return bar < 0 ? line.length() : bar;
  }

  private static boolean isCondition(
      String key, List<Pattern> conditions, Map<String, Boolean> known) {
    Boolean answer = known.get(key);
    if (answer == null) {
      answer = conditions.stream().anyMatch(form -> form.matcher(key).matches());
      if (known.size() < MOST_KEYS_REMEMBERED) {
        known.put(key, answer);
      }
    }
    return answer;
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  static Parser json() {
    return (line, fields) -> {
      try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return false;
        }
        return object(json, "", fields) && json.nextToken() == null;
      } catch (JacksonException e) {
        return false;
      }
    };
  }

  private static boolean object(JsonParser json, String path, Fields fields) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = path + json.currentName();
      JsonToken value = json.nextToken();
      boolean once = true;
      if (value == JsonToken.START_OBJECT) {
        once = object(json, key + '.', fields);
      } else if (value == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else {
        once = fields.addOnce(key, value == JsonToken.VALUE_NULL ? Fields.NONE : json.getString());
      }
      if (!once) {
        return false;
      }
    }
    return true;
  }
}
