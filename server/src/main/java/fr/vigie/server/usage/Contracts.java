package fr.vigie.server.usage;

import fr.vigie.production.MachineState;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.server.store.Series;
import fr.vigie.time.Span;
import fr.vigie.usage.Chain;
import fr.vigie.usage.Contract;
import fr.vigie.usage.Entry;
import fr.vigie.usage.Quantities;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps contracts and their chains; nothing of either is ever changed. For several threads. */
@Component
public final class Contracts {
  private final PlantDatabase database;
  private final InstantSource clock;

  Contracts(PlantDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param meter of the machine's energy, if it has one
   * @param zone whose days are read
   */
  public record Metered(Contract contract, Optional<EnergyMeter> meter, ZoneId zone) {}

  /**
   * @return whether it is new; a contract of that name stays as it is
   */
  public boolean add(Metered metered) {
    Contract contract = metered.contract();
    return database
            .client()
            .sql("INSERT OR IGNORE INTO usage_contract VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .params(
                contract.id(),
                contract.customer(),
                contract.machine(),
                contract.period().start().toString(),
                contract.period().end().toString())
            .param(metered.meter().map(it -> it.series().toString()).orElse(null))
            .param(metered.meter().map(EnergyMeter::unit).orElse(null))
            .params(metered.zone().getId(), clock.instant().toString())
            .update()
        > 0;
  }

  /** By name. */
  public List<Metered> all() {
    return database
        .client()
        .sql("SELECT * FROM usage_contract ORDER BY id")
        .query((row, number) -> metered(row))
        .list();
  }

  public Optional<Metered> find(String id) {
    return all().stream().filter(it -> it.contract().id().equals(id)).findFirst();
  }

  public Chain chain(Contract contract) {
    return new Chain(
        contract,
        database
            .client()
            .sql("SELECT * FROM usage_entry WHERE contract = ? ORDER BY sequence")
            .param(contract.id())
            .query((row, number) -> entry(row))
            .list());
  }

  /** Adds what a chain has more than it had. */
  void append(Chain chain, int from) {
    database.together(
        () ->
            chain.entries().stream()
                .skip(from)
                .forEach(entry -> insert(chain.contract().id(), entry)));
  }

  private void insert(String contract, Entry entry) {
    Quantities used = entry.quantities();
    database
        .client()
        .sql("INSERT INTO usage_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            contract,
            entry.sequence(),
            entry.recorded().toString(),
            entry.span().start().toString(),
            entry.span().end().toString())
        .param(boxed(entry.corrects()))
        .params(
            entry.why(),
            Stream.of(MachineState.values())
                .map(state -> Long.toString(used.time(state).toMillis()))
                .collect(Collectors.joining(" ")))
        .param(boxed(used.cycles()))
        .param(boxed(used.parts()))
        .param(boxed(used.wattHours()))
        .params(entry.previous(), entry.hash())
        .update();
  }

  private static Metered metered(ResultSet row) throws SQLException {
    Contract contract =
        new Contract(
            row.getString("id"), row.getString("customer"), row.getString("machine"), span(row));
    String unit = row.getString("meter_unit");
    Optional<EnergyMeter> meter =
        Optional.ofNullable(row.getString("meter"))
            .map(series -> series.split("/"))
            .map(parts -> new Series(parts[0], parts[1], parts[2]))
            .map(series -> new EnergyMeter(series, unit));
    return new Metered(contract, meter, ZoneId.of(row.getString("zone")));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    Map<MachineState, Duration> times = new EnumMap<>(MachineState.class);
    String[] millis = row.getString("millis").split(" ");
    for (MachineState state : MachineState.values()) {
      times.put(state, Duration.ofMillis(Long.parseLong(millis[state.ordinal()])));
    }
    return new Entry(
        row.getLong("sequence"),
        Instant.parse(row.getString("recorded_at")),
        span(row),
        number(row, "corrects"),
        row.getString("why"),
        new Quantities(
            times, number(row, "cycles"), number(row, "parts"), number(row, "watt_hours")),
        row.getString("previous"),
        row.getString("hash"));
  }

  private static Span span(ResultSet row) throws SQLException {
    return new Span(
        Instant.parse(row.getString("starts_at")), Instant.parse(row.getString("ends_at")));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
