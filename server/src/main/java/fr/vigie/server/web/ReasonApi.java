package fr.vigie.server.web;

import fr.vigie.reason.Act;
import fr.vigie.reason.Entry;
import fr.vigie.reason.Given;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.reason.ReasonedStop.Part;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Standstill;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.ReasonBook;
import fr.vigie.server.plant.Said;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why machines stood, as people say. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "reasons")
final class ReasonApi {
  static final int MOST = 10_000;

  private final Plant plant;
  private final ReasonBook book;
  private final Diagnosis diagnosis;
  private final TreeBody body;
  private final InstantSource clock;

  ReasonApi(Plant plant, ReasonBook book, Diagnosis diagnosis, TreeBody body, InstantSource clock) {
    this.plant = plant;
    this.book = book;
    this.diagnosis = diagnosis;
    this.body = body;
    this.clock = clock;
  }

  /**
   * A line of the journal.
   *
   * @param to null of a split, and of a reason that holds until the machine runs again
   * @param written when it was said
   */
  record EntryView(
      long entry,
      String act,
      Instant from,
      @Nullable Instant to,
      @Nullable String reason,
      @Nullable String label,
      String by,
      Instant written,
      String why) {}

  /** A reason given by hand that a new line put aside, where it did. */
  record ReplacedView(Instant from, Instant to, double seconds, String reason, long entry) {
    static ReplacedView of(Given given) {
      return new ReplacedView(
          given.span().start(),
          given.span().end(),
          RateView.seconds(given.span().length()),
          given.code(),
          given.entry().number());
    }
  }

  /**
   * @param stops that the line touches, as they are now
   */
  record WrittenView(EntryView written, List<ReplacedView> replaced, List<StopView> stops) {}

  /**
   * @param next what to skip for the next page; null when this is the last
   */
  record HistoryView(
      String machine, int matching, List<EntryView> entries, @Nullable Integer next) {}

  @GetMapping("/reasons")
  @Operation(summary = "The reasons that people choose from, in groups")
  Map<String, Object> tree() {
    return plant.reasonsTree();
  }

  @PutMapping("/reasons")
  @Operation(
      summary = "Changes the reasons",
      description =
          "A code that a stop or a rule names stays in the tree, with retired: true where it is no"
              + " longer offered.")
  @TreeBody.Documented
  Map<String, Object> put(HttpServletRequest request) throws IOException {
    plant.putReasons(body.read(request));
    return tree();
  }

  @PostMapping("/machines/{machine}/reasons")
  @Operation(
      summary = "Gives, splits, merges, corrects or withdraws reasons",
      description =
          "act: give (from, to, reason; without to, until the machine runs again), split (at),"
              + " merge (from, to, reason when the parts differ), correct (from, to, reason),"
              + " withdraw (from, to). by is required, why is not. What was said before stays in"
              + " the history.")
  @TreeBody.Documented
  ResponseEntity<WrittenView> say(
      @PathVariable("machine") String name, HttpServletRequest request, Locale locale)
      throws IOException {
    Machine machine = find(name);
    Said said = Said.read(body.read(request), plant.reasons(), clock.instant());
    Entry entry = book.write(name, settled(machine, said));
    Span touched = entry.act().touches(entry.at());
    List<Given> replaced = book.journal(name).before(entry).given(touched);
    return ResponseEntity.created(URI.create("/api/v1/machines/" + name + "/reasons/history"))
        .body(
            new WrittenView(
                view(entry, locale),
                replaced.stream().map(ReplacedView::of).toList(),
                stops(machine, touched).stream()
                    .map(stop -> StopView.of(stop, machine, locale))
                    .toList()));
  }

  @GetMapping("/machines/{machine}/reasons/history")
  @Operation(
      summary = "All that was ever said about a machine's stops, in the order in which it was",
      description = "Lines that touch the span, if one is given; at most limit of them.")
  HistoryView history(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam(name = "skip", defaultValue = "0") int skip,
      @RequestParam(name = "limit", defaultValue = "1000") int limit,
      Locale locale) {
    if (limit < 1 || limit > MOST || skip < 0) {
      throw Problem.wrong("problem.limit", MOST);
    }
    find(name);
    Instant start = from.map(Question::instant).orElse(Instant.MIN);
    Instant end = to.map(Question::instant).orElse(Instant.MAX);
    List<Entry> found =
        book.journal(name).entries().stream().filter(entry -> touches(entry, start, end)).toList();
    boolean more = found.size() - limit > skip;
    return new HistoryView(
        name,
        found.size(),
        found.stream().skip(skip).limit(limit).map(entry -> view(entry, locale)).toList(),
        more ? skip + limit : null);
  }

  /** With the reason that parts to be merged have, once it is clear; refuses what is not. */
  private Said settled(Machine machine, Said said) throws IOException {
    if (said.act() instanceof Act.Merge merge && merge.code().isEmpty()) {
      Set<String> codes = new TreeSet<>();
      ReasonJournal journal = book.journal(machine.name());
      journal.given(merge.span()).forEach(given -> codes.add(given.code()));
      parts(machine, merge.span())
          .flatMap(part -> part.cause().stream())
          .forEach(cause -> codes.add(cause.leaf().code()));
      if (codes.size() > 1) {
        throw Problem.wrong("problem.merge", String.join(", ", codes));
      }
      Act settled = new Act.Merge(merge.span(), codes.stream().findFirst());
      return new Said(said.who(), said.why(), settled);
    }
    if (said.act() instanceof Act.Correct correct) {
      Span span = correct.span();
      List<Part> parts = parts(machine, span).toList();
      boolean none = parts.isEmpty() && book.journal(machine.name()).given(span).isEmpty();
      Optional<Span> unknown =
          parts.stream().filter(part -> part.cause().isEmpty()).map(Part::span).findFirst();
      if (none || unknown.isPresent()) {
        Span where = unknown.orElse(span);
        throw Problem.wrong("problem.correct", where.start().toString(), where.end().toString());
      }
    }
    return said;
  }

  private Stream<Part> parts(Machine machine, Span span) throws IOException {
    return stops(machine, span).stream()
        .flatMap(stop -> stop.reasons().within(span).stream())
        .flatMap(stop -> stop.parts().stream());
  }

  private List<Standstill> stops(Machine machine, Span span) throws IOException {
    Instant now = clock.instant();
    if (!span.start().isBefore(now)) {
      return List.of();
    }
    Instant end = span.isEmpty() ? span.start().plusNanos(1) : span.end();
    return diagnosis.reckon(machine, new Span(span.start(), end)).stops();
  }

  private static boolean touches(Entry entry, Instant start, Instant end) {
    Span span = entry.act().touches(entry.at());
    boolean before = span.isEmpty() ? span.end().isBefore(start) : !span.end().isAfter(start);
    return !before && span.start().isBefore(end);
  }

  private EntryView view(Entry entry, Locale locale) {
    Act act = entry.act();
    Span span = act.touches(entry.at());
    boolean open = act instanceof Act.Split || act instanceof Act.GiveUntilRunning;
    Optional<String> label =
        act.reason()
            .flatMap(plant.reasons()::find)
            .map(ReasonTree.Leaf::label)
            .map(words -> words.in(locale));
    return new EntryView(
        entry.number(),
        act.word(),
        span.start(),
        open ? null : span.end(),
        act.reason().orElse(null),
        label.orElse(null),
        entry.who(),
        entry.at(),
        entry.why());
  }

  private Machine find(String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }
}
