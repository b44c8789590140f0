package fr.vigie.server.plant;

import fr.vigie.production.Order;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Orders of machines, in the logbook. Safe for use by several threads. */
@Component
public class Orders {
  private static final int LONGEST = 80;

  private final Logbook logbook;
  private final InstantSource clock;

  Orders(Logbook logbook, InstantSource clock) {
    this.logbook = logbook;
    this.clock = clock;
  }

  /**
   * An order as it was written.
   *
   * @param reference what people call it, may be empty
   */
  public record Entry(Order order, String reference, Written written) {}

  /**
   * Writes an order down: {@code product}, one of the machine's; {@code start}, now unless said;
   * {@code end}, that of the next order's start unless said; {@code reference}; {@code by}.
   *
   * @throws MistakesFound with all of them; nothing is written then
   */
  public Entry add(Machine machine, Map<String, Object> values) {
    Instant now = clock.instant();
    Tree tree = Tree.of(values);
    String product = tree.text("product", LONGEST).orElse("");
    if (!machine.rules().products().containsKey(product)) {
      tree.wrong("product", "a product of the machine's description: " + names(machine));
    }
    Instant start = tree.instant("start").orElse(now);
    Optional<Instant> end = tree.instant("end");
    if (end.isPresent() && !end.get().isAfter(start)) {
      tree.wrong("end", "an instant after " + start);
    }
    String reference = tree.text("reference", LONGEST).orElse("");
    String by = Written.by(tree);
    tree.check();
    Written written =
        Written.add(
            logbook,
            machine.name(),
            new Written.Row(
                "product_order (product, reference, start_at, end_at",
                Arrays.asList(
                    product, reference, Nanos.of(start), end.map(Nanos::of).orElse(null))),
            by,
            now);
    return new Entry(new Order(product, start, end), reference, written);
  }

  /**
   * Takes an order back.
   *
   * @return whether there was one that stood
   * @throws MistakesFound when the tree does not say who
   */
  public boolean withdraw(String machine, long id, Map<String, Object> values) {
    return Written.withdraw(
        logbook, "product_order", machine, id, Tree.of(values), clock.instant());
  }

  /** Every order of a machine that may decide on a span, withdrawn or not, by its start. */
  public List<Entry> entries(String machine, Span span) {
    long from = Nanos.of(span.start());
    return logbook.read(
        client ->
            client
                .sql(
                    "SELECT * FROM product_order WHERE machine = :machine AND start_at < :to"
                        + " AND (end_at > :from OR start_at >= coalesce((SELECT max(start_at)"
                        + " FROM product_order WHERE machine = :machine AND start_at <= :from"
                        + " AND withdrawn_by IS NULL), :from))"
                        + " ORDER BY start_at, id")
                .param("machine", machine)
                .param("from", from)
                .param("to", Nanos.of(span.end()))
                .query((row, number) -> entry(row))
                .list());
  }

  /** Those that stand. */
  public List<Order> inForce(String machine, Span span) {
    return entries(machine, span).stream()
        .filter(entry -> entry.written().withdrawn().isEmpty())
        .map(Entry::order)
        .toList();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long end = row.getLong("end_at");
    Optional<Instant> until = row.wasNull() ? Optional.empty() : Optional.of(Nanos.instant(end));
    return new Entry(
        new Order(row.getString("product"), Nanos.instant(row.getLong("start_at")), until),
        row.getString("reference"),
        Written.of(row));
  }

  private static String names(Machine machine) {
    return machine.rules().products().isEmpty()
        ? "it has none yet"
        : String.join(", ", machine.rules().products().keySet().stream().sorted().toList());
  }
}
