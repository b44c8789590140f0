package fr.vigie.server.store.victoria;

import com.influxdb.client.domain.WritePrecision;
import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.ledger.Engine;
import fr.vigie.server.store.lines.Address;
import fr.vigie.server.store.lines.LineServer;
import fr.vigie.server.store.lines.Lines;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.signal.Quality;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * VictoriaMetrics, a single node. It keeps numbers of about twelve digits at whole milliseconds. So
 * a sample is one value of {@code vigie_value}, {@code vigie_text} (the number of a text) or {@code
 * vigie_missing}, and beside it, only where needed, {@code vigie_quality}, {@code vigie_nanos}
 * beyond the millisecond, and {@code vigie_high} and {@code vigie_low}, the bits of a number that
 * it would round.
 */
public final class VictoriaEngine implements Engine {
  private static final long MILLI = 1_000_000;
  private static final int MOST_CHARACTERS = 4 << 20;
  private static final Duration MARGIN = Duration.ofDays(1);
  private static final Instant EARLIEST = Instant.EPOCH.plus(MARGIN);
  private static final String OWNER = "vigie_ledger_member";
  private static final long FIRST_SLICE = Duration.ofHours(1).toNanos();
  private static final int FEW = 20_000;
  private static final int MANY = 200_000;
  private static final long[] BACK = {
    Duration.ofHours(1).toNanos(),
    Duration.ofDays(1).toNanos(),
    Duration.ofDays(30).toNanos(),
    Duration.ofDays(400).toNanos(),
    Long.MAX_VALUE
  };

  private final LineServer server;
  private final String database;
  private final Texts texts;
  private final InstantSource clock;

  public VictoriaEngine(Address address, Texts texts, InstantSource clock) {
    this.server = new LineServer("VictoriaMetrics", address, WritePrecision.MS);
    this.database = address.database();
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public String name() {
    return server.name();
  }

  @Override
  public long tick() {
    return MILLI;
  }

  /** It writes what it took to its disk within about six seconds. */
  @Override
  public Duration hold() {
    return Duration.ofSeconds(15);
  }

  @Override
  public Bounds prepare() throws IOException {
    server.enter();
    Flags flags = flags();
    flags.check(server.name());
    Instant now = clock.instant();
    Instant oldest = now.minus(flags.retention()).plus(MARGIN);
    return new Bounds(
        Bounds.nanos(oldest.isBefore(EARLIEST) ? EARLIEST : oldest),
        Bounds.nanos(now.plus(MARGIN)));
  }

  @Override
  public Optional<String> owner() throws IOException {
    String end = seconds(Bounds.nanos(clock.instant().plus(MARGIN)));
    return export('{' + labels("__name__", OWNER) + '}', "0", end).latest("id");
  }

  @Override
  public void claim(String ledger) throws IOException {
    Lines lines = new Lines();
    lines.begin("vigie_ledger,id=" + ledger).field("member", 1);
    lines.end(clock.instant().toEpochMilli());
    server.write(lines.take());
  }

  @Override
  public String life() throws IOException {
    return flags().started();
  }

  @Override
  public void push(List<Points> points) throws IOException {
    Lines lines = new Lines();
    try {
      for (Points piece : points) {
        String head = Lines.head(piece.series(), piece.lane());
        for (int i = 0; i < piece.samples().size(); i++) {
          lines.begin(head);
          fields(lines, piece.samples(), i);
          lines.end(Math.floorDiv(piece.samples().nanos(i), MILLI));
          if (lines.length() > MOST_CHARACTERS) {
            send(lines);
          }
        }
      }
    } finally {
      texts.keep();
    }
    send(lines);
  }

  private void send(Lines lines) throws IOException {
    texts.keep();
    if (lines.length() > 0) {
      server.write(lines.take());
    }
  }

  private void fields(Lines lines, Column samples, int i) throws IOException {
    Quality quality = samples.quality(i);
    if (quality == Quality.MISSING) {
      lines.field("missing", 1);
    } else if (samples.isText()) {
      lines.field("text", texts.code(samples.text(i)));
    } else {
      double number = samples.number(i);
      double near = Digits.nearest(number);
      lines.field("value", near);
      long bits = Double.doubleToRawLongBits(number);
      if (Double.doubleToRawLongBits(near) != bits) {
        lines.field("high", bits >>> Integer.SIZE).field("low", bits & 0xffff_ffffL);
      }
    }
    if (quality != Quality.GOOD && quality != Quality.MISSING) {
      lines.field("quality", quality.ordinal());
    }
    long rest = Math.floorMod(samples.nanos(i), MILLI);
    if (rest != 0) {
      lines.field("nanos", rest);
    }
  }

  @Override
  public void read(Series series, int lane, Bounds bounds, Sink sink) throws IOException {
    String match =
        "{__name__=~\"vigie_(value|text|missing|quality|nanos|high|low)\","
            + labels(
                "site",
                series.site(),
                "machine",
                series.machine(),
                "signal",
                series.signal(),
                "lane",
                lane == 0 ? "" : String.valueOf(lane))
            + '}';
    long width = FIRST_SLICE;
    for (long from = bounds.from(); from < bounds.to(); ) {
      long to = bounds.to() - from > width && from + width > from ? from + width : bounds.to();
      Exported found = export(match, seconds(from), seconds(to - 1));
      int size = found.hand(new Bounds(from, to), texts, sink);
      width = size < FEW ? width * 4 : size > MANY ? Math.max(width / 4, MILLI) : width;
      from = to;
    }
  }

  @Override
  public long count(Series series, int lane, Bounds bounds) throws IOException {
    long[] count = new long[1];
    read(series, lane, bounds, piece -> count[0] += piece.size());
    return count[0];
  }

  @Override
  public OptionalLong last(Series series, int lane, Bounds bounds) throws IOException {
    OptionalLong[] last = {OptionalLong.empty()};
    long to = bounds.to();
    for (long back : BACK) {
      long from = to - bounds.from() > back ? to - back : bounds.from();
      read(
          series,
          lane,
          new Bounds(from, to),
          piece ->
              last[0] =
                  OptionalLong.of(
                      Math.max(last[0].orElse(Long.MIN_VALUE), piece.nanos(piece.size() - 1))));
      if (last[0].isPresent() || from == bounds.from()) {
        break;
      }
      to = from;
    }
    return last[0];
  }

  /** It forgets by its own retention period only; older samples are left out of every answer. */
  @Override
  public void dropBefore(long nanos) {}

  @Override
  public void close() {
    server.close();
  }

  private Flags flags() throws IOException {
    return server.get("metrics", Map.of(), Flags::read);
  }

  private Exported export(String match, String start, String end) throws IOException {
    return server.get(
        "api/v1/export", Map.of("match[]", match, "start", start, "end", end), Exported::read);
  }

  private String labels(String... pairs) {
    StringBuilder text = new StringBuilder("db=\"").append(database).append('"');
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(',').append(pairs[i]).append("=\"").append(pairs[i + 1]).append('"');
    }
    return text.toString();
  }

  private static String seconds(long nanos) {
    long millis = Math.floorDiv(nanos, MILLI);
    return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
  }
}
