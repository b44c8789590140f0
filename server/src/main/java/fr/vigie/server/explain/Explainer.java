package fr.vigie.server.explain;

import fr.vigie.server.diagnosis.ConditionDiagnosis;
import fr.vigie.server.diagnosis.Coverage;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Machine;
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
  private final Diagnosis diagnosis;
  private final EnergyDiagnosis energies;
  private final ConditionDiagnosis conditions;
  private final Store store;
  private final MessageSource messages;

  public Explainer(
      Diagnosis diagnosis,
      EnergyDiagnosis energies,
      ConditionDiagnosis conditions,
      Store store,
      MessageSource messages) {
    this.diagnosis = diagnosis;
    this.energies = energies;
    this.conditions = conditions;
    this.store = store;
    this.messages = messages;
  }

  /** A figure that can be opened. */
  public record Openable(String figure, String title, String formula, String source) {}

  /**
   * What a figure was made of.
   *
   * @param reckoning of the same span
   * @param coverage of the signals that the figure was read from
   */
  public record Explanation(Reckoning reckoning, Coverage coverage, Opened opened) {}

  /** Every figure that can be opened, but for those that are named after a signal or a product. */
  public List<Openable> figures(Locale language) {
    return Catalogue.general().all().stream().map(entry -> openable(entry, language)).toList();
  }

  /** What can be opened of a machine, but for what is named after a product. */
  public List<Openable> figures(Machine machine, Locale language) {
    return Catalogue.of(machine).all().stream()
        .filter(entry -> entry.needs().stream().allMatch(need -> need.isMetBy(machine)))
        .map(entry -> openable(entry, language))
        .toList();
  }

  private Openable openable(Entry entry, Locale language) {
    Entry.Formula formula = entry.formula();
    return new Openable(entry.name(), title(entry, language), formula.text(), formula.source());
  }

  /**
   * What the machine's description lacks for a figure; empty when nothing, or when there is no such
   * figure at all.
   */
  public Optional<Need> lacks(Machine machine, String figure) {
    List<Need> needs =
        figure.startsWith(ConditionFigures.PREFIX)
            ? List.of(Need.CONDITION)
            : Catalogue.of(machine).find(figure).map(Entry::needs).orElse(List.of());
    return needs.stream().filter(need -> !need.isMetBy(machine)).findFirst();
  }

  /**
   * @param figure its name in the catalogue
   * @return empty when the catalogue has no such figure
   * @throws IOException when the store cannot be read
   * @throws fr.vigie.server.diagnosis.TooMuch when more samples would have to be read than a
   *     question may take
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  public Optional<Explanation> explain(Machine machine, Span span, String figure, Locale language)
      throws IOException {
    Reckoning reckoning = diagnosis.reckon(machine, span);
    Catalogue catalogue = Catalogue.of(machine, reckoning.figures());
    Optional<Entry> entry = catalogue.find(figure);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Found found = new Found(machine, reckoning, energies, conditions);
    Opened opened = new Opening(catalogue, found, language).of(entry.get());
    return Optional.of(new Explanation(reckoning, coverage(entry.get(), found), opened));
  }

  private Coverage coverage(Entry entry, Found found) throws IOException {
    Machine machine = found.machine();
    Optional<String> signal =
        entry.needs().contains(Need.METER)
            ? machine.instruments().meter().map(Meter::signal)
            : entry.signal();
    return signal.isEmpty()
        ? found.reckoning().coverage()
        : diagnosis.coverage(machine.series(signal.get()), found.figures().span());
  }

  private String title(Entry entry, Locale language) {
    return entry.title().in(key -> messages.getMessage("figure." + key, new Object[0], language));
  }

  /** One figure being opened. */
  private final class Opening {
    private final Catalogue catalogue;
    private final Found found;
    private final Locale language;
    private final Links links;

    Opening(Catalogue catalogue, Found found, Locale language) {
      this.catalogue = catalogue;
      this.found = found;
      this.language = language;
      this.links = new Links(found.machine(), found.figures().span(), store);
    }

    Opened of(Entry entry) throws IOException {
      Amount amount = entry.value().of(found);
      Entry.Formula formula = entry.formula();
      List<Opened> inputs = new ArrayList<>();
      for (String input : formula.inputs()) {
        inputs.add(of(catalogue.find(input).orElseThrow()));
      }
      List<Opened.Link> evidence = new ArrayList<>();
      for (Evidence each : entry.evidence()) {
        evidence.addAll(each.in(links));
      }
      return new Opened(
          entry.name(),
          title(entry, language),
          formula.text(),
          formula.source(),
          amount.value().isPresent() ? amount.value().getAsDouble() : null,
          amount.unit(),
          amount.text().orElse(null),
          formula.operation().name().toLowerCase(Locale.ROOT),
          inputs,
          evidence);
    }
  }
}
