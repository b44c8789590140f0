package fr.vigie.server.plant;

import fr.vigie.energy.Baseline;
import fr.vigie.energy.Baseline.Exclusion;
import fr.vigie.energy.Observation;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Energy baselines that were frozen; none is ever changed. Safe for use by several threads. */
@Component
public class Baselines {
  private final Logbook logbook;
  private final JsonMapper json = JsonMapper.builder().build();

  Baselines(Logbook logbook) {
    this.logbook = logbook;
  }

  /**
   * @param step over which its periods go: day, week or month
   */
  public record Kept(Baseline baseline, String step) {}

  /** As it is written down. */
  private record Content(
      List<String> drivers, List<PeriodEntry> periods, List<ExclusionEntry> exclusions) {}

  private record PeriodEntry(String from, String to, double kilowattHours, List<Double> drivers) {}

  private record ExclusionEntry(String from, String to, String why) {}

  /**
   * Writes down the next version of a baseline.
   *
   * @param made makes it, given its version
   */
  public Kept freeze(String machine, String name, String step, IntFunction<Baseline> made) {
    AtomicReference<@Nullable Baseline> frozen = new AtomicReference<>();
    logbook.write(
        machine,
        client -> {
          int version =
              client
                  .sql(
                      "SELECT coalesce(max(version), 0) + 1 FROM energy_baseline"
                          + " WHERE machine = ? AND name = ?")
                  .params(machine, name)
                  .query(Integer.class)
                  .single();
          Baseline baseline = made.apply(version);
          client
              .sql("INSERT INTO energy_baseline VALUES (?, ?, ?, ?, ?, ?)")
              .params(machine, name, version, step, baseline.frozen().toString(), text(baseline))
              .update();
          frozen.set(baseline);
        });
    return new Kept(Optional.ofNullable(frozen.get()).orElseThrow(), step);
  }

  /** By name and version, the newest version of each name first. */
  public List<Kept> of(String machine) {
    return logbook.read(
        client ->
            client
                .sql(
                    "SELECT name, version, step, frozen_at, content FROM energy_baseline"
                        + " WHERE machine = ? ORDER BY name, version DESC")
                .param(machine)
                .query(
                    (row, number) ->
                        new Kept(
                            baseline(
                                row.getString("name"),
                                row.getInt("version"),
                                Instant.parse(row.getString("frozen_at")),
                                json.readValue(row.getString("content"), Content.class)),
                            row.getString("step")))
                .list());
  }

  /** A version of a baseline, the newest when none is asked for. */
  public Optional<Kept> find(String machine, String name, Optional<Integer> version) {
    return of(machine).stream()
        .filter(it -> it.baseline().name().equals(name))
        .filter(it -> version.isEmpty() || version.get() == it.baseline().version())
        .findFirst();
  }

  private String text(Baseline baseline) {
    List<PeriodEntry> periods = new ArrayList<>();
    for (Observation each : baseline.observations()) {
      periods.add(
          new PeriodEntry(
              each.span().start().toString(),
              each.span().end().toString(),
              each.kilowattHours(),
              each.drivers()));
    }
    List<ExclusionEntry> exclusions = new ArrayList<>();
    for (Exclusion each : baseline.exclusions()) {
      exclusions.add(
          new ExclusionEntry(
              each.span().start().toString(), each.span().end().toString(), each.why()));
    }
    return json.writeValueAsString(new Content(baseline.drivers(), periods, exclusions));
  }

  private static Baseline baseline(String name, int version, Instant frozen, Content content) {
    return new Baseline(
        name,
        version,
        frozen,
        content.drivers(),
        content.periods().stream()
            .map(it -> new Observation(span(it.from(), it.to()), it.kilowattHours(), it.drivers()))
            .toList(),
        content.exclusions().stream()
            .map(it -> new Exclusion(span(it.from(), it.to()), it.why()))
            .toList());
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }
}
