package fr.vigie.server.store.influx;

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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * InfluxDB 1.6 to 1.11. A sample is a point of the measurement {@code vigie} with the tags site,
 * machine, signal and, but for lane 0, lane. Its field is {@code value} for a number, {@code text}
 * for a text, {@code missing} for none; {@code quality} is there where it is not good.
 */
public final class InfluxEngine implements Engine {
  private static final int MOST_CHARACTERS = 4 << 20;
  private static final String OWNER = "vigie_ledger";
  private static final Quality[] QUALITIES = Quality.values();
  private static final Bounds ALL = new Bounds(Long.MIN_VALUE + 2, Long.MAX_VALUE - 1);

  private final LineServer server;
  private final String database;
  private final InstantSource clock;

  public InfluxEngine(Address address, InstantSource clock) {
    this.server = new LineServer("InfluxDB", address, WritePrecision.NS);
    this.database = address.database();
    this.clock = clock;
  }

  @Override
  public String name() {
    return server.name();
  }

  @Override
  public long tick() {
    return 1;
  }

  /** Every write is in its log and forced to the disk before it is answered. */
  @Override
  public Duration hold() {
    return Duration.ZERO;
  }

  @Override
  public Bounds prepare() throws IOException {
    server.enter();
    Duration kept = retention();
    if (kept.isZero()) {
      return ALL;
    }
    long margin = Math.min(Duration.ofDays(1).toNanos(), kept.toNanos() / 10);
    long oldest = Bounds.nanos(clock.instant().minus(kept)) + margin;
    return new Bounds(oldest, ALL.to());
  }

  /** How long the database keeps points, 0 for ever. Makes it when it is missing. */
  private Duration retention() throws IOException {
    String question = "SHOW RETENTION POLICIES ON \"" + database + '"';
    Duration[] kept = {Duration.ZERO};
    InfluxRows.Sink sink =
        row -> {
          if (row.flag("default")) {
            kept[0] = GoDuration.parse(row.text("duration"));
          }
        };
    try {
      ask(question, sink);
    } catch (LineServer.Refused e) {
      if (!String.valueOf(e.getMessage()).contains("database not found")) {
        throw e;
      }
      change("CREATE DATABASE \"" + database + '"');
      ask(question, sink);
    }
    return kept[0];
  }

  @Override
  public Optional<String> owner() throws IOException {
    String[] owner = {""};
    ask("SELECT last(id) AS id FROM " + OWNER, row -> owner[0] = row.text("id"));
    return owner[0].isEmpty() ? Optional.empty() : Optional.of(owner[0]);
  }

  @Override
  public void claim(String ledger) throws IOException {
    Lines lines = new Lines();
    lines.begin(OWNER).field("id", ledger);
    lines.end(Bounds.nanos(clock.instant().truncatedTo(ChronoUnit.DAYS)));
    server.write(lines.take());
  }

  @Override
  public String life() {
    return "";
  }

  @Override
  public void push(List<Points> points) throws IOException {
    Lines lines = new Lines();
    for (Points piece : points) {
      String head = Lines.head(piece.series(), piece.lane());
      Column samples = piece.samples();
      for (int i = 0; i < samples.size(); i++) {
        Quality quality = samples.quality(i);
        lines.begin(head);
        if (quality == Quality.MISSING) {
          lines.field("missing", true);
        } else if (samples.isText()) {
          lines.field("text", samples.text(i));
        } else {
          lines.field("value", samples.number(i));
        }
        if (quality != Quality.GOOD && quality != Quality.MISSING) {
          lines.whole("quality", quality.ordinal());
        }
        lines.end(samples.nanos(i));
        if (lines.length() > MOST_CHARACTERS) {
          server.write(lines.take());
        }
      }
    }
    if (lines.length() > 0) {
      server.write(lines.take());
    }
  }

  @Override
  public void read(Series series, int lane, Bounds bounds, Sink sink) throws IOException {
    Pieces pieces = new Pieces(sink);
    ask(
        "SELECT value, text, missing, quality FROM " + of(series, lane, bounds),
        row -> {
          long time = row.time();
          Quality quality =
              row.has("quality") ? QUALITIES[(int) row.number("quality")] : Quality.GOOD;
          if (row.has("text")) {
            pieces.add(time, row.text("text"), quality);
          } else if (row.has("value")) {
            pieces.add(time, row.number("value"), quality);
          } else {
            pieces.add(time, 0, Quality.MISSING);
          }
        });
    pieces.end();
  }

  @Override
  public long count(Series series, int lane, Bounds bounds) throws IOException {
    long[] count = new long[1];
    ask(
        "SELECT count(value) AS v, count(text) AS t, count(missing) AS m FROM "
            + of(series, lane, bounds),
        row -> {
          for (String sort : List.of("v", "t", "m")) {
            count[0] += row.has(sort) ? (long) row.number(sort) : 0;
          }
        });
    return count[0];
  }

  @Override
  public OptionalLong last(Series series, int lane, Bounds bounds) throws IOException {
    OptionalLong[] last = {OptionalLong.empty()};
    ask(
        "SELECT value, text, missing FROM "
            + of(series, lane, bounds)
            + " ORDER BY time DESC LIMIT 1",
        row -> last[0] = OptionalLong.of(row.time()));
    return last[0];
  }

  @Override
  public void dropBefore(long nanos) throws IOException {
    change("DELETE FROM " + Lines.MEASUREMENT + " WHERE time < " + Math.max(nanos, ALL.from()));
  }

  @Override
  public void close() {
    server.close();
  }

  private static String of(Series series, int lane, Bounds bounds) {
    return Lines.MEASUREMENT
        + " WHERE site = '"
        + series.site()
        + "' AND machine = '"
        + series.machine()
        + "' AND signal = '"
        + series.signal()
        + "' AND lane = '"
        + (lane == 0 ? "" : lane)
        + "' AND time >= "
        + Math.max(bounds.from(), ALL.from())
        + " AND time < "
        + Math.min(bounds.to(), ALL.to());
  }

  private void ask(String question, InfluxRows.Sink sink) throws IOException {
    server.get(
        "query",
        Map.of("db", database, "epoch", "ns", "chunked", "true", "q", question),
        in -> InfluxRows.read(in, server.name(), sink));
  }

  private void change(String command) throws IOException {
    server.post(
        "query",
        Map.of("db", database, "q", command),
        in -> InfluxRows.read(in, server.name(), row -> {}));
  }
}
