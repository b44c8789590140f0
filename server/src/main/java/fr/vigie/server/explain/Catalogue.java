package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.Evidence.CALENDAR;
import static fr.vigie.server.explain.Entry.Evidence.DESCRIPTION;
import static fr.vigie.server.explain.Entry.Evidence.ENTRIES;
import static fr.vigie.server.explain.Entry.Evidence.PARTS;
import static fr.vigie.server.explain.Entry.Evidence.SCRAP;
import static fr.vigie.server.explain.Entry.Evidence.STATE;
import static fr.vigie.server.explain.Entry.Evidence.STOPS;
import static fr.vigie.server.explain.Operation.DIFFERENCE;
import static fr.vigie.server.explain.Operation.MEASURED;
import static fr.vigie.server.explain.Operation.PLANNED;
import static fr.vigie.server.explain.Operation.PRODUCT;
import static fr.vigie.server.explain.Operation.QUOTIENT;
import static fr.vigie.server.explain.Operation.SET;
import static fr.vigie.server.explain.Operation.SUM;

import fr.vigie.loss.Iso22400;
import fr.vigie.loss.Losses;
import fr.vigie.production.Made;
import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.Tcr;
import fr.vigie.production.TimeTree;
import fr.vigie.reason.BigLoss;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.explain.Entry.Evidence;
import fr.vigie.server.plant.Machine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Every figure that can be opened, and what it is made of. Where several products were made, times
 * of parts are opened product by product, as {@code tU@A12}.
 */
final class Catalogue {
  private static final String NF = "NF E60-182 (2002)";
  private static final String ISO = "ISO 22400-2 (2014)";
  private static final char OF_PRODUCT = '@';

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Catalogue() {
    rates();
    times();
    parts("", found -> tree(found).output(), Catalogue::reference);
    iso();
    losses();
  }

  /** As it applies to figures that were made. */
  Optional<Entry> find(String name, Reckoning found) {
    Output output = tree(found).output();
    if (name.equals("TQ") && output.known() == Output.Known.PARTS) {
      return Optional.of(
          new Entry(
              name,
              "TQ = NPB / NPR",
              NF,
              QUOTIENT,
              List.of("NPB", "NPR"),
              List.of(),
              (reckoning, machine) -> Amount.of(tree(reckoning).quality())));
    }
    List<Made> products = found.figures().counted().products();
    if ((name.equals("tU") || name.equals("tN")) && products.size() > 1) {
      return Optional.of(ofProducts(name, products));
    }
    int at = name.indexOf(OF_PRODUCT);
    return at < 0
        ? Optional.ofNullable(entries.get(name))
        : ofProduct(name.substring(at + 1), name);
  }

  List<Entry> all() {
    return List.copyOf(entries.values());
  }

  private Entry ofProducts(String name, List<Made> products) {
    List<String> inputs =
        products.stream().map(made -> name + OF_PRODUCT + made.product().orElse("")).toList();
    Entry whole = Objects.requireNonNull(entries.get(name));
    String formula = name.equals("tU") ? "tU = Σ NPB × tcr" : "tN = Σ NPR × tcr";
    return new Entry(name, formula, NF, SUM, inputs, List.of(), whole.value());
  }

  private static Optional<Entry> ofProduct(String product, String name) {
    Catalogue own = new Catalogue(product);
    return Optional.ofNullable(own.entries.get(name));
  }

  /** Of one product alone. */
  private Catalogue(String product) {
    Function<Reckoning, Output> output =
        found ->
            found.figures().counted().products().stream()
                .filter(made -> made.product().orElse("").equals(product))
                .map(Made::output)
                .findFirst()
                .orElse(Output.NOTHING);
    parts(OF_PRODUCT + product, output, (found, machine) -> reference(product, machine));
  }

  private void rates() {
    rate("TRS", "TRS = tU / tR", NF, "tU", "tR", TimeTree::trs);
    rate("TRG", "TRG = tU / tO", NF, "tU", "tO", TimeTree::trg);
    rate("TRE", "TRE = tU / tT", NF, "tU", "tT", TimeTree::tre);
    rate("DO", "DO = tF / tR", NF, "tF", "tR", TimeTree::availability);
    rate("TP", "TP = tN / tF", NF, "tN", "tF", TimeTree::performance);
    rate("TQ", "TQ = tU / tN", NF, "tU", "tN", TimeTree::quality);
    rate("TC", "TC = tR / tO", NF, "tR", "tO", TimeTree::load);
    rate("TS", "TS = tO / tT", NF, "tO", "tT", TimeTree::commitment);
    rate("coverage", "observed / tR", "", "observed", "tR", TimeTree::coverage);
  }

  private void times() {
    sum("tF", NF, List.of("running", "micro-stops"), TimeTree::tF);
    sum("observed", "", List.of("tF", "stops"), TimeTree::observed);
    add(
        "tR",
        "tR = tO − not required",
        NF,
        DIFFERENCE,
        List.of("tO", "not-required"),
        List.of(),
        of(TimeTree::tR));
    plan("tO", TimeTree::tO);
    plan("not-required", tree -> tree.tO().minus(tree.tR()));
    plan("tT", TimeTree::tT);
    seen("running", List.of(STATE), tree -> tree.required().running());
    seen("micro-stops", List.of(STATE, STOPS, DESCRIPTION), tree -> tree.required().microStops());
    seen("stops", List.of(STATE, STOPS, DESCRIPTION), tree -> tree.required().stops());
    seen("unobserved", List.of(STATE), tree -> tree.required().unobserved());
  }

  /**
   * @param suffix of every name
   */
  private void parts(String suffix, Function<Reckoning, Output> output, Value reference) {
    add(
        "tU" + suffix,
        "tU = NPB × tcr",
        NF,
        PRODUCT,
        List.of("NPB" + suffix, "tcr" + suffix),
        List.of(),
        (found, machine) -> timed(output.apply(found), Output::useful));
    add(
        "tN" + suffix,
        "tN = NPR × tcr",
        NF,
        PRODUCT,
        List.of("NPR" + suffix, "tcr" + suffix),
        List.of(),
        (found, machine) -> timed(output.apply(found), Output::net));
    add(
        "NPB" + suffix,
        "NPB = NPR − rejects",
        NF,
        DIFFERENCE,
        List.of("NPR" + suffix, "rejects" + suffix),
        List.of(),
        (found, machine) -> counted(output.apply(found), Output::good));
    add(
        "NPR" + suffix,
        "",
        NF,
        MEASURED,
        List.of(),
        List.of(PARTS, ENTRIES),
        (found, machine) -> counted(output.apply(found), Output::parts));
    add(
        "rejects" + suffix,
        "",
        NF,
        MEASURED,
        List.of(),
        List.of(SCRAP, ENTRIES),
        (found, machine) -> counted(output.apply(found), made -> made.rejects().all()));
    add("tcr" + suffix, "", NF, SET, List.of(), List.of(DESCRIPTION), reference);
  }

  private void iso() {
    isoRate("iso-availability", "APT / PBT", "running", "tR", Iso22400::availability);
    isoRate("iso-effectiveness", "PRU × PQ / APT", "tN", "running", Iso22400::effectiveness);
    isoRate("iso-quality-ratio", "GQ / PQ", "NPB", "NPR", Iso22400::qualityRatio);
    isoRate("iso-oee", "availability × effectiveness × quality", "tU", "tR", Iso22400::oee);
    isoRate("iso-teep", "OEE × PBT / calendar", "tU", "tT", Iso22400::teep);
  }

  private void losses() {
    add(
        "lost",
        "tR − tU",
        "",
        DIFFERENCE,
        List.of("tR", "tU"),
        List.of(),
        (found, machine) -> Amount.of(tree(found).tU().map(tree(found).tR()::minus)));
    for (BigLoss loss : BigLoss.values()) {
      String name = "loss-" + loss.name().toLowerCase(Locale.ROOT).replace('_', '-');
      add(
          name,
          "",
          "",
          MEASURED,
          List.of(),
          List.of(STOPS, ENTRIES),
          (found, machine) -> Amount.of(Losses.of(found.figures()).of(loss)));
    }
  }

  private void rate(
      String name, String formula, String source, String over, String under, Of<Rate> value) {
    add(
        name,
        formula,
        source,
        QUOTIENT,
        List.of(over, under),
        List.of(),
        (found, machine) -> Amount.of(value.apply(tree(found))));
  }

  private void isoRate(
      String name, String formula, String over, String under, Function<Iso22400, Rate> value) {
    add(
        name,
        formula,
        ISO,
        QUOTIENT,
        List.of(over, under),
        List.of(),
        (found, machine) -> Amount.of(value.apply(Iso22400.of(found.figures()))));
  }

  private void sum(String name, String source, List<String> inputs, Of<Duration> value) {
    String formula = name + " = " + String.join(" + ", inputs);
    add(name, formula, source, SUM, inputs, List.of(), of(value));
  }

  private void plan(String name, Of<Duration> value) {
    add(name, "", NF, PLANNED, List.of(), List.of(CALENDAR, ENTRIES), of(value));
  }

  private void seen(String name, List<Evidence> evidence, Of<Duration> value) {
    add(name, "", "", MEASURED, List.of(), evidence, of(value));
  }

  private void add(
      String name,
      String formula,
      String source,
      Operation operation,
      List<String> inputs,
      List<Evidence> evidence,
      Value value) {
    entries.put(name, new Entry(name, formula, source, operation, inputs, evidence, value));
  }

  private static Value of(Of<Duration> time) {
    return (found, machine) -> Amount.of(time.apply(tree(found)));
  }

  private static Amount timed(Output output, Function<Output, Duration> time) {
    boolean known = output.known() == Output.Known.TIMES;
    return Amount.of(known ? Optional.of(time.apply(output)) : Optional.empty());
  }

  private static Amount counted(Output output, Function<Output, Long> count) {
    return output.known() == Output.Known.NOTHING
        ? new Amount(OptionalDouble.empty(), Amount.Unit.PARTS)
        : Amount.parts(count.apply(output));
  }

  /** The reference cycle of the one product that was made, or of the machine. */
  private static Amount reference(Reckoning found, Machine machine) {
    List<Made> products = found.figures().counted().products();
    String only = products.size() == 1 ? products.get(0).product().orElse("") : "";
    return reference(only, machine);
  }

  private static Amount reference(String product, Machine machine) {
    Optional<Tcr> tcr =
        product.isEmpty()
            ? machine.rules().referenceCycle()
            : Optional.ofNullable(machine.rules().products().get(product));
    return new Amount(
        tcr.map(cycle -> OptionalDouble.of(cycle.time().toNanos() / 1e9 / cycle.parts()))
            .orElse(OptionalDouble.empty()),
        Amount.Unit.SECONDS_A_PART);
  }

  private static TimeTree tree(Reckoning found) {
    return found.figures().timeTree();
  }

  private interface Of<T> extends Function<TimeTree, T> {}
}
