package fr.vigie.meter;

import io.micrometer.core.instrument.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Names of signals for meters: the meter's name, then {@code .key-value} for each tag, then the
 * statistic. The same meter has the same name after every start; two meters may have one name.
 */
final class SignalName {
  /** Leaves room for the longest statistic, {@code .duration}. */
  private static final int MOST = 64 - 9;

  private static final int DIGEST = 9;

  private SignalName() {}

  /**
   * @param statistic empty, or a dot and a word
   */
  static String of(String name, List<Tag> tags, String statistic) {
    StringBuilder full = new StringBuilder(name);
    for (Tag tag : tags) {
      full.append('.').append(tag.getKey()).append('-').append(tag.getValue());
    }
    String plain = full.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    String right = plain.matches("[A-Za-z0-9].*") ? plain : 'm' + plain;
    return right.length() <= MOST
        ? right + statistic
        : right.substring(0, MOST - DIGEST) + '-' + digest(full.toString()) + statistic;
  }

  private static String digest(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
