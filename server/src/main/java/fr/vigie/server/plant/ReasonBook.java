package fr.vigie.server.plant;

import fr.vigie.reason.Act;
import fr.vigie.reason.Entry;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * What people said about the reasons of each machine, written in the {@link Logbook}. Safe for use
 * by several threads; a read sees every line whose writing returned before it.
 */
@Component
public class ReasonBook {
  private static final String LINES =
      "SELECT number, act, start, \"end\", reason, who, at, why FROM reason_entry";

  private final Logbook logbook;
  private final Plant plant;
  private final InstantSource clock;
  private final Map<String, Known> journals = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  ReasonBook(Logbook logbook, Plant plant, InstantSource clock) {
    this.logbook = logbook;
    this.plant = plant;
    this.clock = clock;
  }

  /**
   * @param revision of the logbook before the journal was read
   */
  private record Known(long revision, ReasonJournal journal) {}

  /** Hears of each line, on the thread that wrote it. */
  public interface Listener {
    void written(String machine, Entry entry);
  }

  public void onEntry(Listener listener) {
    listeners.add(listener);
  }

  /** Never older than what {@link Logbook#revision} said before. */
  public ReasonJournal journal(String machine) {
    long revision = logbook.revision(machine);
    Known known = journals.get(machine);
    if (known == null || known.revision() != revision) {
      known = new Known(revision, ReasonJournal.of(entries(machine)));
      journals.put(machine, known);
    }
    return known.journal();
  }

  /**
   * Adds a line, dated now.
   *
   * @throws MistakesFound when its reason has left the tree meanwhile
   */
  public Entry write(String machine, Said said) {
    Entry entry = plant.withReasons(reasons -> append(machine, said, reasons));
    listeners.forEach(listener -> listener.written(machine, entry));
    return entry;
  }

  private Entry append(String machine, Said said, ReasonTree reasons) {
    Instant now = clock.instant();
    Row row = Row.of(said.act(), now);
    if (row.reason.isPresent() && reasons.find(row.reason.get()).isEmpty()) {
      throw new MistakesFound(List.of(new Mistake("reason", row.reason.get(), Said.A_REASON)));
    }
    logbook.write(
        machine,
        client ->
            client
                .sql(
                    "INSERT INTO reason_entry (machine, act, start, \"end\", reason, who, at, why)"
                        + " VALUES (:machine, :act, :start, :end, :reason, :who, :at, :why)")
                .param("machine", machine)
                .param("act", row.act)
                .param("start", row.start.toString())
                .param("end", row.end.map(Instant::toString).orElse(null))
                .param("reason", row.reason.orElse(null))
                .param("who", said.who())
                .param("at", now.toString())
                .param("why", said.why())
                .update());
    List<Entry> entries = entries(machine);
    return entries.get(entries.size() - 1);
  }

  private List<Entry> entries(String machine) {
    return logbook.read(
        client ->
            client
                .sql(LINES + " WHERE machine = ? ORDER BY number")
                .param(machine)
                .query((row, index) -> entry(row))
                .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("number"),
        row.getString("who"),
        Instant.parse(row.getString("at")),
        row.getString("why"),
        new Row(
                row.getString("act"),
                Instant.parse(row.getString("start")),
                Optional.ofNullable(row.getString("end")).map(Instant::parse),
                Optional.ofNullable(row.getString("reason")))
            .toAct());
  }

  /** An act as a row of the table holds it. */
  private record Row(String act, Instant start, Optional<Instant> end, Optional<String> reason) {
    static Row of(Act act, Instant said) {
      Span span = act.touches(said);
      boolean open = act instanceof Act.Split || act instanceof Act.GiveUntilRunning;
      return new Row(
          act.word(),
          span.start(),
          open ? Optional.empty() : Optional.of(span.end()),
          act.reason());
    }

    Act toAct() {
      return switch (act) {
        case "give" ->
            end.isPresent()
                ? new Act.Give(span(), reason.orElseThrow())
                : new Act.GiveUntilRunning(start, reason.orElseThrow());
        case "split" -> new Act.Split(start);
        case "merge" -> new Act.Merge(span(), reason);
        case "correct" -> new Act.Correct(span(), reason.orElseThrow());
        case "withdraw" -> new Act.Withdraw(span());
        default -> throw new IllegalStateException("an unknown act in plant.db: " + act);
      };
    }

    private Span span() {
      return new Span(start, end.orElseThrow());
    }
  }
}
