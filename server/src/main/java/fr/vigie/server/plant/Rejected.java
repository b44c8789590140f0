package fr.vigie.server.plant;

import fr.vigie.production.Declaration;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Scrap and rework that people declare, in the logbook. Safe for use by several threads. */
@Component
public class Rejected {
  private static final int LONGEST_NOTE = 200;

  private final Logbook logbook;
  private final InstantSource clock;

  Rejected(Logbook logbook, InstantSource clock) {
    this.logbook = logbook;
    this.clock = clock;
  }

  /**
   * A declaration as it was written.
   *
   * @param note free text, may be empty
   */
  public record Entry(Declaration declaration, String note, Written written) {}

  /**
   * Writes a declaration down: {@code kind}, one of scrap, start-up, rework; {@code parts}; {@code
   * at}, when they were made, now unless said; {@code note}; {@code by}.
   *
   * @throws MistakesFound with all of them; nothing is written then
   */
  public Entry add(Machine machine, Map<String, Object> values) {
    Instant now = clock.instant();
    Tree tree = Tree.of(values);
    String kind = tree.word("kind", "scrap", "start-up", "rework");
    OptionalLong parts = tree.whole("parts", 1, Declaration.MOST);
    Instant at = tree.instant("at").orElse(now);
    if (at.isAfter(now)) {
      tree.wrong("at", "an instant that is not in the future");
    }
    String note = tree.text("note", LONGEST_NOTE).orElse("");
    String by = Written.by(tree);
    tree.check();
    Declaration declaration = new Declaration(at, now, kind(kind), parts.orElseThrow());
    Written written =
        Written.add(
            logbook,
            machine.name(),
            new Written.Row(
                "rejected (kind, parts, made_at, note",
                List.of(kind, declaration.parts(), Nanos.of(at), note)),
            by,
            now);
    return new Entry(declaration, note, written);
  }

  /**
   * Takes a declaration back.
   *
   * @return whether there was one that stood
   * @throws MistakesFound when the tree does not say who
   */
  public boolean withdraw(String machine, long id, Map<String, Object> values) {
    return Written.withdraw(logbook, "rejected", machine, id, Tree.of(values), clock.instant());
  }

  /** Every declaration about parts made in a span, withdrawn or not, by when they were made. */
  public List<Entry> entries(String machine, Span span) {
    return logbook.read(
        client ->
            client
                .sql(
                    "SELECT * FROM rejected WHERE machine = ? AND made_at >= ? AND made_at < ?"
                        + " ORDER BY made_at, id")
                .params(machine, Nanos.of(span.start()), Nanos.of(span.end()))
                .query((row, number) -> entry(row))
                .list());
  }

  /** Those that stand. */
  public List<Declaration> inForce(String machine, Span span) {
    return entries(machine, span).stream()
        .filter(entry -> entry.written().withdrawn().isEmpty())
        .map(Entry::declaration)
        .toList();
  }

  /** The word for a kind, as in {@link #add}. */
  public static String word(Declaration.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Declaration.Kind kind(String word) {
    return Declaration.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new Declaration(
            Nanos.instant(row.getLong("made_at")),
            Nanos.instant(row.getLong("recorded_at")),
            kind(row.getString("kind")),
            row.getLong("parts")),
        row.getString("note"),
        Written.of(row));
  }
}
