package fr.vigie.server.explain;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Opens a figure of a machine and a span: its formula, what that was fed with, and so on down to
 * samples, shifts and settings. What is opened is the figure that is shown everywhere else: it is
 * taken from the same reckoning and never computed anew. Safe for use by several threads.
 */
@Component
public class Explainer {
  private final Catalogue catalogue = new Catalogue();
  private final Diagnosis diagnosis;
  private final Store store;
  private final MessageSource messages;

  public Explainer(Diagnosis diagnosis, Store store, MessageSource messages) {
    this.diagnosis = diagnosis;
    this.store = store;
    this.messages = messages;
  }

  /** A figure that can be opened. */
  public record Openable(String figure, String title, String formula, String source) {}

  /** What a figure was made of, and the reckoning that it is part of. */
  public record Explanation(Reckoning reckoning, Opened opened) {}

  /** Every figure that can be opened. */
  public List<Openable> figures(Locale language) {
    return catalogue.all().stream()
        .map(
            entry ->
                new Openable(
                    entry.name(), title(entry.name(), language), entry.formula(), entry.source()))
        .toList();
  }

  /**
   * @param figure its name in the catalogue
   * @return empty when the catalogue has no such figure
   * @throws IOException when the store cannot be read
   */
  public Optional<Explanation> explain(Machine machine, Span span, String figure, Locale language)
      throws IOException {
    Reckoning reckoning = diagnosis.reckon(machine, span);
    Optional<Entry> entry = catalogue.find(figure, reckoning);
    return entry.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Explanation(reckoning, new Opening(reckoning, machine, language).of(entry.get())));
  }

  private String title(String figure, Locale language) {
    int at = figure.indexOf('@');
    if (at > 0) {
      String product = figure.substring(at + 1);
      return title(figure.substring(0, at), language) + (product.isEmpty() ? "" : " – " + product);
    }
    return messages.getMessage("figure." + figure, new Object[0], language);
  }

  /** One figure being opened. */
  private final class Opening {
    private final Reckoning reckoning;
    private final Machine machine;
    private final Locale language;
    private final Span span;

    Opening(Reckoning reckoning, Machine machine, Locale language) {
      this.reckoning = reckoning;
      this.machine = machine;
      this.language = language;
      this.span = reckoning.figures().span();
    }

    Opened of(Entry entry) throws IOException {
      Amount amount = entry.value().apply(reckoning, machine);
      List<Opened> inputs = new ArrayList<>();
      for (String input : entry.inputs()) {
        inputs.add(of(catalogue.find(input, reckoning).orElseThrow()));
      }
      List<Opened.Link> links = new ArrayList<>();
      for (Entry.Evidence evidence : entry.evidence()) {
        links.addAll(links(evidence));
      }
      return new Opened(
          entry.name(),
          title(entry.name(), language),
          entry.formula(),
          entry.source(),
          amount.value().isPresent() ? amount.value().getAsDouble() : null,
          amount.unit().symbol(),
          entry.operation().name().toLowerCase(Locale.ROOT),
          inputs,
          links);
    }

    private List<Opened.Link> links(Entry.Evidence evidence) throws IOException {
      return switch (evidence) {
        case STATE ->
            List.of(
                new Opened.Link("timeline", machineHref("/timeline?", true), null),
                samples(machine.signals().state()));
        case PARTS -> samples(machine.signals().parts());
        case SCRAP -> samples(machine.signals().scrap());
        case STOPS -> List.of(new Opened.Link("stops", machineHref("/stops?", true), null));
        case ENTRIES ->
            List.of(
                new Opened.Link("orders", machineHref("/orders", false), null),
                new Opened.Link("declarations", machineHref("/declarations", false), null),
                new Opened.Link("reasons", machineHref("/reasons/history?", true), null));
        case CALENDAR -> List.of(new Opened.Link("calendar", "/api/v1/site", null));
        case DESCRIPTION -> List.of(new Opened.Link("description", machineHref("", false), null));
      };
    }

    private List<Opened.Link> samples(Optional<String> signal) throws IOException {
      return signal.isEmpty() ? List.of() : List.of(samples(signal.get()));
    }

    private Opened.Link samples(String signal) throws IOException {
      Series series = machine.series(signal);
      String href = "/api/v1/series/" + machine.name() + '/' + signal + "/samples?" + between();
      return new Opened.Link("samples", href, store.count(series, span));
    }

    private String machineHref(String what, boolean ofSpan) {
      return "/api/v1/machines/" + machine.name() + what + (ofSpan ? between() : "");
    }

    private String between() {
      return "from=" + span.start() + "&to=" + span.end();
    }
  }
}
