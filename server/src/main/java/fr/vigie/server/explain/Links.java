package fr.vigie.server.explain;

import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where to look at what was known of a machine in a span. */
record Links(Machine machine, Span span, Store store) {
  static final String SITE = "/api/v1/site";

  /** Nothing for a signal that the machine does not have. */
  List<Opened.Link> samples(Optional<String> signal) throws IOException {
    if (signal.isEmpty()) {
      return List.of();
    }
    String href = "/api/v1/series/" + machine.name() + '/' + signal.get() + "/samples?" + between();
    long count = store.count(machine.series(signal.get()), span);
    return List.of(new Opened.Link("samples", href, count));
  }

  /** Something of the machine, whatever the span. */
  Opened.Link always(String what, String where) {
    return new Opened.Link(what, "/api/v1/machines/" + machine.name() + where, null);
  }

  Opened.Link ofSpan(String what, String where) {
    return always(what, where + '?' + between());
  }

  private String between() {
    return "from=" + span.start() + "&to=" + span.end();
  }
}
