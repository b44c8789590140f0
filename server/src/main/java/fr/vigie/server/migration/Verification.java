package fr.vigie.server.migration;

import fr.vigie.column.Column;
import fr.vigie.server.migration.Plan.Piece;
import fr.vigie.server.store.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Counts and checksums of both sides, by series and month, and all that differs. */
public final class Verification {
  private final Map<Month, Sums> months = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();

  private record Month(Series series, String name) {}

  private static final class Sums {
    final CRC32C source = new CRC32C();
    final CRC32C target = new CRC32C();
    long sourceCount;
    long targetCount;

    boolean same() {
      return sourceCount == targetCount && source.getValue() == target.getValue();
    }
  }

  Verification() {}

  void compare(Piece piece, Column source, Column target) {
    Sums sums =
        months.computeIfAbsent(new Month(piece.series(), piece.month()), month -> new Sums());
    sums.sourceCount += source.size();
    sums.targetCount += target.size();
    add(sums.source, source);
    add(sums.target, target);
  }

  void equal(String what, Object source, Object target) {
    if (!source.equals(target)) {
      differences.add(what + ": " + told(source) + " in the source, " + told(target) + " here");
    }
  }

  /** Everything that is not the same on both sides; empty when the migration is complete. */
  public List<String> differences() {
    List<String> all = new ArrayList<>();
    months.forEach(
        (month, sums) -> {
          if (!sums.same()) {
            all.add(line(month, sums));
          }
        });
    all.addAll(differences);
    return all;
  }

  /** One line a series and month: count and checksum of both sides. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    months.forEach((month, sums) -> lines.add(line(month, sums)));
    return lines;
  }

  private static String line(Month month, Sums sums) {
    return String.format(
        "%s %s  %d samples %08x  %d samples %08x  %s",
        month.series(),
        month.name(),
        sums.sourceCount,
        sums.source.getValue(),
        sums.targetCount,
        sums.target.getValue(),
        sums.same() ? "same" : "DIFFERENT");
  }

  private static void add(CRC32C crc, Column column) {
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES * 2 + 2);
    for (int i = 0; i < column.size(); i++) {
      head.clear();
      head.putLong(column.nanos(i))
          .put((byte) column.quality(i).ordinal())
          .put((byte) (column.isText() ? 1 : 0));
      if (column.isText()) {
        crc.update(head.flip());
        crc.update(column.text(i).getBytes(StandardCharsets.UTF_8));
      } else {
        crc.update(head.putLong(Double.doubleToRawLongBits(column.number(i))).flip());
      }
    }
  }

  private static String told(Object value) {
    String text = value.toString();
    return text.length() > 200 ? text.substring(0, 200) + '…' : text;
  }
}
