package fr.vigie.frame;

import fr.vigie.frame.Frame.Entry;
import fr.vigie.signal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text form of frames that golden vectors have; {@code golden.txt} shows it. */
final class FrameText {
  private static final Pattern WORD = Pattern.compile(" ?(?:(\\d+)=)?(?:\"([^\"]*)\"|([^ \"]+))");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-9a-f]{2})");
  private static final Pattern ESCAPED = Pattern.compile("[\\x00-\\x1f\\x7f\"\\\\]");

  private FrameText() {}

  static Frame parse(String text) {
    List<MatchResult> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.lookingAt()) {
      words.add(matcher.toMatchResult());
      matcher.region(matcher.end(), text.length());
    }
    if (matcher.regionStart() != text.length() || words.isEmpty()) {
      throw new IllegalArgumentException("not a frame: " + text);
    }
    return switch (words.get(0).group()) {
      case "hello" ->
          new Frame.Hello(
              (int) number(words, 1), number(words, 2), (int) number(words, 3), text(words, 4));
      case "described" ->
          new Frame.Described(
              (int) number(words, 1),
              Kind.valueOf(words.get(2).group(3).toUpperCase(Locale.ROOT)),
              (int) number(words, 3),
              text(words, 4),
              text(words, 5));
      case "samples" ->
          new Frame.Samples(
              number(words, 1),
              number(words, 2),
              words.stream().skip(3).map(FrameText::entry).toList());
      case "log" -> new Frame.Log(text(words, 1));
      default -> throw new IllegalArgumentException("not a frame: " + text);
    };
  }

  private static long number(List<MatchResult> words, int at) {
    return Long.parseLong(words.get(at).group(3));
  }

  private static String text(List<MatchResult> words, int at) {
    return unescaped(words.get(at).group(2));
  }

  private static Entry entry(MatchResult word) {
    int id = Integer.parseInt(word.group(1));
    if (word.group(2) != null) {
      return new Entry.Text(id, unescaped(word.group(2)));
    }
    String value = word.group(3);
    if (value.equals("none")) {
      return new Entry.None(id);
    }
    return value.endsWith("r")
        ? new Entry.Real(id, Float.parseFloat(value.substring(0, value.length() - 1)))
        : new Entry.Whole(id, Long.parseLong(value));
  }

  static String of(Frame frame) {
    if (frame instanceof Frame.Hello hello) {
      return "hello %d %d %d %s"
          .formatted(hello.protocol(), hello.session(), hello.signals(), quoted(hello.firmware()));
    }
    if (frame instanceof Frame.Described signal) {
      return "described %d %s %d %s %s"
          .formatted(
              signal.id(),
              signal.kind().name().toLowerCase(Locale.ROOT),
              signal.exponent(),
              quoted(signal.name()),
              quoted(signal.unit()));
    }
    if (frame instanceof Frame.Samples samples) {
      return "samples %d %d".formatted(samples.sequence(), samples.millis())
          + samples.entries().stream().map(FrameText::of).collect(Collectors.joining());
    }
    return "log " + quoted(((Frame.Log) frame).text());
  }

  private static String of(Entry entry) {
    String before = " " + entry.id() + "=";
    if (entry instanceof Entry.Whole whole) {
      return before + whole.value();
    }
    if (entry instanceof Entry.Real real) {
      return before + real.value() + "r";
    }
    return before + (entry instanceof Entry.Text text ? quoted(text.value()) : "none");
  }

  private static String quoted(String text) {
    return '"'
        + ESCAPED
            .matcher(text)
            .replaceAll(found -> "\\\\%02x".formatted((int) found.group().charAt(0)))
        + '"';
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }
}
