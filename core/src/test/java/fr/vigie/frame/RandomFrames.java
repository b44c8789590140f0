package fr.vigie.frame;

import fr.vigie.frame.Frame.Entry;
import fr.vigie.signal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames of every kind and size, with the values at which encodings change drawn often. */
final class RandomFrames {
  private static final String[] LETTERS = {
    "a", "Z", "9", " ", "\"", "\\", "\n", "\u007f", "é", "€", "𝛑"
  };

  private final Random random;

  RandomFrames(Random random) {
    this.random = random;
  }

  Frame next() {
    return switch (random.nextInt(6)) {
      case 0 ->
          new Frame.Hello(Frame.PROTOCOL, u32(), random.nextInt(Frame.MOST_SIGNALS + 1), text(255));
      case 1 ->
          new Frame.Described(
              random.nextInt(Frame.MOST_SIGNALS),
              Kind.values()[random.nextInt(Kind.values().length)],
              random.nextInt(19) - 9,
              text(255),
              text(240));
      case 2 -> new Frame.Log(text(255));
      default -> samples();
    };
  }

  private Frame samples() {
    List<Entry> entries = new ArrayList<>();
    int left = Frame.MOST_BYTES - 13;
    int wanted = random.nextInt(random.nextBoolean() ? 5 : 200);
    while (entries.size() < wanted && left > 11) {
      int id = random.nextInt(Frame.MOST_SIGNALS);
      int longest = Math.min(255, left - 2);
      Entry entry =
          switch (random.nextInt(4)) {
            case 0 -> new Entry.Real(id, real());
            case 1 -> new Entry.Text(id, text(longest));
            case 2 -> new Entry.None(id);
            default -> new Entry.Whole(id, random.nextLong() >> random.nextInt(64));
          };
      entries.add(entry);
      left -= entry instanceof Entry.Text ? 2 + longest : 11;
    }
    return new Frame.Samples(u32(), u32(), entries);
  }

  private long u32() {
    return (random.nextInt() & 0xFFFF_FFFFL) >>> random.nextInt(33);
  }

  private float real() {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : -0.0f;
  }

  private String text(int mostBytes) {
    StringBuilder text = new StringBuilder();
    int left = random.nextInt(3) > 0 ? random.nextInt(12) : random.nextInt(mostBytes + 1);
    for (left = Math.min(left, mostBytes); left >= 4; left--) {
      String letter = LETTERS[random.nextInt(LETTERS.length)];
      text.append(letter);
      left -= letter.getBytes(StandardCharsets.UTF_8).length - 1;
    }
    return text.toString();
  }
}
