package fr.vigie.server.explain;

import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where to look at what was known of a machine in a span. */
record Links(Machine machine, Span span, Store store) {
  static final String SITE = "/api/v1/site";

  /**
   * From the sample that is in force at the start, since figures are. Nothing for a signal that the
   * machine does not have.
   */
  List<Opened.Link> samples(Optional<String> signal) throws IOException {
    if (signal.isEmpty()) {
      return List.of();
    }
    Series series = machine.series(signal.get());
    Instant start = store.asOf(series, span.start()).map(Sample::time).orElse(span.start());
    Span read = new Span(start, span.end());
    String href =
        "/api/v1/series/" + machine.name() + '/' + signal.get() + "/samples?" + between(read);
    return List.of(new Opened.Link("samples", href, store.count(series, read)));
  }

  /** Something of the machine, whatever the span. */
  Opened.Link always(String what, String where) {
    return new Opened.Link(what, "/api/v1/machines/" + machine.name() + where, null);
  }

  Opened.Link ofSpan(String what, String where) {
    return always(what, where + '?' + between(span));
  }

  private static String between(Span span) {
    return "from=" + span.start() + "&to=" + span.end();
  }
}
