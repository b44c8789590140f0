package fr.vigie.server.migration;

import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be brought over, piece by piece, in an order that never changes; the file that it is
 * kept in is what makes a migration go on where it was broken off.
 *
 * @param epoch under which the pieces are written, one batch each, so that the target itself knows
 *     which it has
 */
record Plan(String from, String to, long epoch, List<Piece> pieces) {
  private static final String HEADING = "vigie migration 1";
  private static final int MOST_SAMPLES = 250_000;
  private static final int FIRST_YEAR = 1680;
  private static final int LAST_YEAR = 2260;

  Plan {
    pieces = List.copyOf(pieces);
  }

  /** Samples of one series within one month of UTC. */
  record Piece(Series series, Span span, long count) {
    String month() {
      return span.start().toString().substring(0, 7);
    }
  }

  long samples() {
    return pieces.stream().mapToLong(Piece::count).sum();
  }

  static Plan make(Store source, String from, String to, long epoch) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (Series series :
        source.series().stream().sorted(Comparator.comparing(Series::toString)).toList()) {
      years(source, series, FIRST_YEAR, LAST_YEAR, pieces);
    }
    return new Plan(from, to, epoch, pieces);
  }

  private static void years(Store source, Series series, int from, int to, List<Piece> pieces)
      throws IOException {
    if (source.count(series, new Span(day(from, 1), day(to, 1))) == 0) {
      return;
    }
    if (to - from > 1) {
      int step = to - from > 10 ? 10 : 1;
      for (int year = from; year < to; year += step) {
        years(source, series, year, Math.min(to, year + step), pieces);
      }
      return;
    }
    for (int month = 1; month <= 12; month++) {
      Instant end = month == 12 ? day(to, 1) : day(from, month + 1);
      cut(source, series, new Span(day(from, month), end), pieces);
    }
  }

  private static void cut(Store source, Series series, Span span, List<Piece> pieces)
      throws IOException {
    long count = source.count(series, span);
    if (count > MOST_SAMPLES && span.length().toNanos() > 1) {
      Instant middle = middle(span);
      cut(source, series, new Span(span.start(), middle), pieces);
      cut(source, series, new Span(middle, span.end()), pieces);
    } else if (count > 0) {
      pieces.add(new Piece(series, span, count));
    }
  }

  static Instant middle(Span span) {
    return span.start().plus(span.length().dividedBy(2));
  }

  private static Instant day(int year, int month) {
    return LocalDate.of(year, month, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Writes the file whole or not at all, and durably. */
  void save(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADING);
    lines.add(from);
    lines.add(to);
    lines.add(Long.toString(epoch));
    for (Piece piece : pieces) {
      lines.add(
          String.join(
              " ",
              piece.series().site(),
              piece.series().machine(),
              piece.series().signal(),
              Long.toString(Nanos.of(piece.span().start())),
              Long.toString(Nanos.of(piece.span().end())),
              Long.toString(piece.count())));
    }
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.write(draft, lines);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @throws IOException when the file is not one that {@link #save} wrote
   */
  static Plan load(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      if (!lines.get(0).equals(HEADING)) {
        throw new IllegalArgumentException("found '" + lines.get(0) + "', wanted " + HEADING);
      }
      List<Piece> pieces = new ArrayList<>();
      for (String line : lines.subList(4, lines.size())) {
        String[] words = line.split(" ");
        pieces.add(
            new Piece(
                new Series(words[0], words[1], words[2]),
                new Span(
                    Nanos.instant(Long.parseLong(words[3])),
                    Nanos.instant(Long.parseLong(words[4]))),
                Long.parseLong(words[5])));
      }
      return new Plan(lines.get(1), lines.get(2), Long.parseLong(lines.get(3)), pieces);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(file + " is not the plan of a migration: " + e.getMessage(), e);
    }
  }
}
