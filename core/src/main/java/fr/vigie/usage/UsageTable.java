package fr.vigie.usage;

import fr.vigie.production.MachineState;
import fr.vigie.time.Span;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A chain as CSV (RFC 4180) for a spreadsheet and for {@link Chain#verify()}: every entry whole,
 * its contract beside it, units in the headers.
 */
public enum UsageTable {
  /** Semicolons and decimal commas, as a French spreadsheet opens them. */
  FRENCH(
      ';',
      ',',
      List.of(
          "contrat",
          "client",
          "machine",
          "début du contrat (UTC)",
          "fin du contrat (UTC)",
          "n°",
          "enregistré (UTC)",
          "début (UTC)",
          "fin (UTC)",
          "corrige le n°",
          "motif",
          "en marche (s)",
          "en attente (s)",
          "arrêtée (s)",
          "éteinte (s)",
          "non observée (s)",
          "cycles",
          "pièces",
          "énergie (Wh)",
          "empreinte précédente (SHA-256)",
          "empreinte (SHA-256)")),
  ENGLISH(
      ',',
      '.',
      List.of(
          "contract",
          "customer",
          "machine",
          "start of contract (UTC)",
          "end of contract (UTC)",
          "no.",
          "recorded (UTC)",
          "from (UTC)",
          "to (UTC)",
          "corrects no.",
          "why",
          "running (s)",
          "idle (s)",
          "stopped (s)",
          "off (s)",
          "not observed (s)",
          "cycles",
          "parts",
          "energy (Wh)",
          "previous hash (SHA-256)",
          "hash (SHA-256)"));

  private static final int TIMES = 11;
  private final char separator;
  private final char point;
  private final List<String> headers;

  UsageTable(char separator, char point, List<String> headers) {
    this.separator = separator;
    this.point = point;
    this.headers = headers;
  }

  /** The table, one line for each entry; lines end with CR LF. */
  public String write(Chain chain) {
    StringBuilder text = new StringBuilder();
    line(text, headers);
    chain.entries().forEach(entry -> line(text, cells(chain.contract(), entry)));
    return text.toString();
  }

  /**
   * Reads a table of either language; what it says may be wrong, see {@link Chain#verify()}.
   *
   * @throws IllegalArgumentException when it is none, with the line
   */
  public static Chain read(String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    for (UsageTable language : values()) {
      StringBuilder header = new StringBuilder();
      language.line(header, language.headers);
      if (plain.startsWith(header.toString().stripTrailing())) {
        return language.chain(CsvRows.of(plain, language.separator));
      }
    }
    throw new IllegalArgumentException(
        "line 1: wanted the headers of a usage table in French or English");
  }

  private Chain chain(List<List<String>> rows) {
    if (rows.size() < 2) {
      throw new IllegalArgumentException("line 2: wanted an entry, found the end");
    }
    Contract contract = null;
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      try {
        if (row.size() != headers.size()) {
          throw new IllegalArgumentException(
              "wanted " + headers.size() + " cells, found " + row.size());
        }
        Contract its =
            new Contract(
                row.get(0),
                row.get(1),
                row.get(2),
                new Span(Instant.parse(row.get(3)), Instant.parse(row.get(4))));
        if (contract != null && !contract.equals(its)) {
          throw new IllegalArgumentException("wanted the contract of the first entry");
        }
        contract = its;
        entries.add(entry(row));
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new Chain(Objects.requireNonNull(contract), entries);
  }

  private List<String> cells(Contract contract, Entry entry) {
    List<String> cells = new ArrayList<>();
    cells.add(contract.id());
    cells.add(contract.customer());
    cells.add(contract.machine());
    cells.add(contract.period().start().toString());
    cells.add(contract.period().end().toString());
    cells.add(Long.toString(entry.sequence()));
    cells.add(entry.recorded().toString());
    cells.add(entry.span().start().toString());
    cells.add(entry.span().end().toString());
    cells.add(cell(entry.corrects()));
    cells.add(entry.why());
    for (MachineState state : MachineState.values()) {
      long millis = entry.quantities().time(state).toMillis();
      cells.add(BigDecimal.valueOf(millis, 3).toPlainString().replace('.', point));
    }
    cells.add(cell(entry.quantities().cycles()));
    cells.add(cell(entry.quantities().parts()));
    cells.add(cell(entry.quantities().wattHours()));
    cells.add(entry.previous());
    cells.add(entry.hash());
    return cells;
  }

  private Entry entry(List<String> row) {
    Map<MachineState, Duration> times = new EnumMap<>(MachineState.class);
    for (MachineState state : MachineState.values()) {
      String seconds = row.get(TIMES + state.ordinal()).replace(point, '.');
      long millis = new BigDecimal(seconds).movePointRight(3).longValueExact();
      times.put(state, Duration.ofMillis(millis));
    }
    return new Entry(
        Long.parseLong(row.get(5)),
        Instant.parse(row.get(6)),
        new Span(Instant.parse(row.get(7)), Instant.parse(row.get(8))),
        number(row.get(9)),
        row.get(10),
        new Quantities(times, number(row.get(16)), number(row.get(17)), number(row.get(18))),
        row.get(19),
        row.get(20));
  }

  private void line(StringBuilder text, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : separator).append(CsvRows.cell(cells.get(i), separator));
    }
    text.append("\r\n");
  }

  private static String cell(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "";
  }

  private static OptionalLong number(String cell) {
    return cell.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cell));
  }
}
