package fr.vigie.agent.telegram;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bytes of a French meter's customer information (TIC, Enedis-NOI-CPT_54E) to groups, in both
 * of its modes, which the separator tells apart: a space in the historical one, whose checksum
 * leaves out the last separator; a tabulator in the standard one, whose checksum includes it. The
 * checksum may be a space and the data empty, so nothing is ever trimmed. Memory is bounded. Not
 * safe for use by several threads.
 */
public final class TicDecoder {
  /** Takes what the decoder finds. */
  public interface Groups {
    void frameBegins();

    void group(TicGroup group);

    /** The frame is whole, or the meter broke it off. */
    void frameEnds();

    /** A group was not whole. The reason repeats nothing of it, for it may identify a site. */
    void rejected(String why);
  }

  private static final int STX = 0x02;
  private static final int ETX = 0x03;
  private static final int EOT = 0x04;
  private static final int LONGEST = 256;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9+_-]{1,11}");

  private final byte[] group = new byte[LONGEST];
  private boolean within;
  private int length;

  /** Takes bytes; the eighth bit, which is parity on some lines, does not count. */
  public void feed(byte[] bytes, int count, Groups groups) {
    for (int i = 0; i < count; i++) {
      feed(bytes[i] & 0x7f, groups);
    }
  }

  private void feed(int c, Groups groups) {
    switch (c) {
      case STX -> {
        cut(groups);
        groups.frameBegins();
      }
      case ETX -> {
        cut(groups);
        groups.frameEnds();
      }
      case EOT -> {
        within = false;
        groups.frameEnds();
      }
      case '\n' -> {
        cut(groups);
        within = true;
        length = 0;
      }
      case '\r' -> {
        if (within) {
          end(groups);
        }
        within = false;
      }
      default -> {
        if (within && length == LONGEST) {
          within = false;
          groups.rejected("a group longer than " + LONGEST + " bytes: is it a meter?");
        } else if (within) {
          group[length++] = (byte) c;
        }
      }
    }
  }

  private void cut(Groups groups) {
    if (within && length > 0) {
      groups.rejected("a group without its end: look at the cable");
    }
    within = false;
  }

  private void end(Groups groups) {
    boolean standard = false;
    boolean printable = true;
    for (int i = 0; i < length; i++) {
      standard |= group[i] == '\t';
      printable &= group[i] == '\t' || (group[i] >= ' ' && group[i] < 0x7f);
    }
    byte separator = (byte) (standard ? '\t' : ' ');
    int text = length - 2;
    if (text < 3 || !printable || group[text] != separator) {
      groups.rejected("a group of another form: look at the cable");
    } else if (checksum(standard ? text + 1 : text) != group[length - 1]) {
      groups.rejected("a group with a wrong checksum: look at the cable");
    } else {
      split(new String(group, 0, text, StandardCharsets.US_ASCII), separator, groups);
    }
  }

  private byte checksum(int end) {
    int sum = 0;
    for (int i = 0; i < end; i++) {
      sum += group[i];
    }
    return (byte) ((sum & 0x3f) + ' ');
  }

  private static void split(String text, byte separator, Groups groups) {
    int label = text.indexOf(separator);
    int data = separator == '\t' ? text.lastIndexOf('\t') : label;
    Optional<String> date =
        label < data ? Optional.of(text.substring(label + 1, data)) : Optional.empty();
    if (label < 0
        || !LABEL.matcher(text.substring(0, label)).matches()
        || date.orElse("").indexOf('\t') >= 0) {
      groups.rejected("a group of another form: look at the cable");
    } else {
      groups.group(new TicGroup(text.substring(0, label), date, text.substring(data + 1)));
    }
  }
}
