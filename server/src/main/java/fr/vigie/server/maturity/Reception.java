package fr.vigie.server.maturity;

import fr.vigie.maturity.Outages;
import fr.vigie.maturity.Outages.Outage;
import fr.vigie.maturity.Promptness;
import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.upkeep.Chore;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * How readings came: how late, by days of UTC, and after which silences. What is counted is written
 * down every few minutes and at the end; a server that is killed forgets what it counted since.
 * Safe for use by several threads.
 */
@Component
public final class Reception implements IngestListener, Chore {
  private static final int MOST = 10_000;
  private static final long DAYS_KEPT = 800;
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final PlantDatabase database;
  private final InstantSource clock;
  private final NavigableMap<Long, Promptness> days = new TreeMap<>();
  private final Map<Source, Outages> outages = new HashMap<>();

  public Reception(PlantDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    read();
  }

  @Override
  public synchronized void committed(List<IncomingBatch> batches) {
    Instant now = clock.instant();
    Promptness promptness = days.computeIfAbsent(day(now), first -> new Promptness());
    for (IncomingBatch batch : batches) {
      if (outages.size() >= MOST && !outages.containsKey(batch.source())) {
        continue;
      }
      Outages its = outages.computeIfAbsent(batch.source(), first -> new Outages());
      its.came(now);
      for (IncomingBatch.Part part : batch.parts()) {
        for (int i = 0; i < part.samples().size(); i++) {
          Instant time = part.samples().time(i);
          promptness.took(Duration.between(time, now));
          its.dated(time);
        }
      }
    }
  }

  /** How much of a span lies after the beginning of the first day that was counted. */
  synchronized Duration counted(Span span) {
    Instant first = days.isEmpty() ? span.end() : Instant.ofEpochSecond(days.firstKey() * DAY);
    Instant from = first.isAfter(span.start()) ? first : span.start();
    return from.isBefore(span.end()) ? Duration.between(from, span.end()) : Duration.ZERO;
  }

  /** Of the days that share time with a span. */
  synchronized Promptness promptness(Span span) {
    Promptness sum = new Promptness();
    days.subMap(day(span.start()), true, day(span.end().minusNanos(1)), true)
        .values()
        .forEach(sum::add);
    return sum;
  }

  /** The silences of each agent that share time with a span. */
  synchronized Map<Source, List<Outage>> silences(Span span) {
    Map<Source, List<Outage>> all = new HashMap<>();
    outages.forEach(
        (source, its) ->
            all.put(
                source,
                its.silences().stream()
                    .filter(silence -> silence.span().overlap(span).isPresent())
                    .toList()));
    return all;
  }

  @Override
  @PreDestroy
  public synchronized void run() {
    long today = day(clock.instant());
    database.together(
        () -> {
          days.tailMap(today - 1, true).forEach(this::write);
          outages.forEach((source, its) -> its.silences().forEach(it -> write(source, it)));
          sql("DELETE FROM promptness WHERE day < ?", today - DAYS_KEPT);
          sql("DELETE FROM silence WHERE end_at < ?", (today - DAYS_KEPT) * DAY * 1_000_000_000);
        });
    days.headMap(today - DAYS_KEPT).clear();
  }

  private void write(long day, Promptness promptness) {
    String counts =
        Arrays.stream(promptness.counts())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(" "));
    sql("INSERT OR REPLACE INTO promptness VALUES (?, ?)", day, counts);
  }

  private void write(Source source, Outage silence) {
    sql(
        "INSERT INTO silence VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET made = excluded.made WHERE made <> excluded.made",
        source.site(),
        source.agent(),
        Nanos.of(silence.span().start()),
        Nanos.of(silence.span().end()),
        silence.made() ? 1 : 0);
  }

  private void sql(String statement, Object... values) {
    database.client().sql(statement).params(values).update();
  }

  private void read() {
    database
        .client()
        .sql("SELECT day, counts FROM promptness")
        .query(
            row -> {
              long[] counts =
                  Arrays.stream(row.getString("counts").split(" "))
                      .mapToLong(Long::parseLong)
                      .toArray();
              days.put(row.getLong("day"), Promptness.of(counts));
            });
    database
        .client()
        .sql("SELECT * FROM silence ORDER BY start_at")
        .query(
            row -> {
              Source source = new Source(row.getString("site"), row.getString("agent"));
              Span span =
                  new Span(
                      Nanos.instant(row.getLong("start_at")), Nanos.instant(row.getLong("end_at")));
              outages
                  .computeIfAbsent(source, first -> new Outages())
                  .known(new Outage(span, row.getInt("made") != 0));
            });
  }

  private static long day(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), DAY);
  }
}
