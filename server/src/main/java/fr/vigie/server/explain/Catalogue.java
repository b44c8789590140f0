package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.Evidence.CALENDAR;
import static fr.vigie.server.explain.Entry.Evidence.DESCRIPTION;
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

import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.explain.Entry.Evidence;
import fr.vigie.server.plant.Machine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Every figure that can be opened, and what it is made of. */
final class Catalogue {
  private static final String NF = "NF E60-182 (2002)";

  private static final Entry QUALITY_OF_PARTS =
      new Entry(
          "TQ",
          "TQ = NPB / NPR",
          NF,
          QUOTIENT,
          List.of("NPB", "NPR"),
          List.of(),
          (found, machine) -> Amount.of(tree(found).quality()));

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Catalogue() {
    rates();
    times();
    counts();
  }

  /** As it applies to figures: quality is a ratio of parts where their times are not known. */
  Optional<Entry> find(String name, Reckoning found) {
    boolean parts = tree(found).output().known() == Output.Known.PARTS;
    return Optional.ofNullable(name.equals("TQ") && parts ? QUALITY_OF_PARTS : entries.get(name));
  }

  List<Entry> all() {
    return List.copyOf(entries.values());
  }

  private void rates() {
    rate("TRS", "TRS = tU / tR", "tU", "tR", TimeTree::trs);
    rate("TRG", "TRG = tU / tO", "tU", "tO", TimeTree::trg);
    rate("TRE", "TRE = tU / tT", "tU", "tT", TimeTree::tre);
    rate("DO", "DO = tF / tR", "tF", "tR", TimeTree::availability);
    rate("TP", "TP = tN / tF", "tN", "tF", TimeTree::performance);
    rate("TQ", "TQ = tU / tN", "tU", "tN", TimeTree::quality);
    rate("TC", "TC = tR / tO", "tR", "tO", TimeTree::load);
    rate("TS", "TS = tO / tT", "tO", "tT", TimeTree::commitment);
    rate("coverage", "observed / tR", "observed", "tR", TimeTree::coverage);
  }

  private void times() {
    time("tU", "tU = NPB × tcr", PRODUCT, List.of("NPB", "tcr"), tree -> tree.tU());
    time("tN", "tN = NPR × tcr", PRODUCT, List.of("NPR", "tcr"), tree -> tree.tN());
    time(
        "tF",
        "tF = running + micro-stops",
        SUM,
        List.of("running", "micro-stops"),
        tree -> Optional.of(tree.tF()));
    time(
        "observed",
        "observed = tF + stops",
        SUM,
        List.of("tF", "stops"),
        tree -> Optional.of(tree.observed()));
    time(
        "tR",
        "tR = tO − not required",
        DIFFERENCE,
        List.of("tO", "not-required"),
        tree -> Optional.of(tree.tR()));
    plan("tO", NF, tree -> tree.tO());
    plan("not-required", NF, tree -> tree.tO().minus(tree.tR()));
    plan("tT", NF, TimeTree::tT);
    seen("running", List.of(STATE), tree -> tree.required().running());
    seen("micro-stops", List.of(STATE, STOPS, DESCRIPTION), tree -> tree.required().microStops());
    seen("stops", List.of(STATE, STOPS, DESCRIPTION), tree -> tree.required().stops());
    seen("unobserved", List.of(STATE), tree -> tree.required().unobserved());
  }

  private void counts() {
    add(
        "NPR",
        "",
        NF,
        MEASURED,
        List.of(),
        List.of(PARTS),
        (found, machine) -> parts(tree(found).output(), Output::parts));
    add(
        "NPB",
        "NPB = NPR − scrap",
        NF,
        DIFFERENCE,
        List.of("NPR", "scrap"),
        List.of(),
        (found, machine) -> parts(tree(found).output(), Output::good));
    add(
        "scrap",
        "",
        NF,
        MEASURED,
        List.of(),
        List.of(SCRAP),
        (found, machine) -> parts(tree(found).output(), output -> output.parts() - output.good()));
    add(
        "tcr",
        "",
        NF,
        SET,
        List.of(),
        List.of(DESCRIPTION),
        (found, machine) ->
            new Amount(
                machine
                    .rules()
                    .referenceCycle()
                    .map(tcr -> OptionalDouble.of(tcr.time().toNanos() / 1e9 / tcr.parts()))
                    .orElse(OptionalDouble.empty()),
                Amount.Unit.SECONDS_A_PART));
  }

  private void rate(String name, String formula, String over, String under, Of<Rate> value) {
    add(
        name,
        formula,
        name.equals("coverage") ? "" : NF,
        QUOTIENT,
        List.of(over, under),
        List.of(),
        (found, machine) -> Amount.of(value.apply(tree(found))));
  }

  private void time(
      String name,
      String formula,
      Operation operation,
      List<String> inputs,
      Of<Optional<Duration>> value) {
    add(
        name,
        formula,
        NF,
        operation,
        inputs,
        List.of(),
        (found, machine) -> Amount.of(value.apply(tree(found))));
  }

  private void plan(String name, String source, Of<Duration> value) {
    add(
        name,
        "",
        source,
        PLANNED,
        List.of(),
        List.of(CALENDAR),
        (found, machine) -> Amount.of(value.apply(tree(found))));
  }

  private void seen(String name, List<Evidence> evidence, Of<Duration> value) {
    add(
        name,
        "",
        "",
        MEASURED,
        List.of(),
        evidence,
        (found, machine) -> Amount.of(value.apply(tree(found))));
  }

  private void add(
      String name,
      String formula,
      String source,
      Operation operation,
      List<String> inputs,
      List<Evidence> evidence,
      BiFunction<Reckoning, Machine, Amount> value) {
    entries.put(name, new Entry(name, formula, source, operation, inputs, evidence, value));
  }

  private static Amount parts(Output output, Function<Output, Long> count) {
    return output.known() == Output.Known.NOTHING
        ? new Amount(OptionalDouble.empty(), Amount.Unit.PARTS)
        : Amount.parts(count.apply(output));
  }

  private static TimeTree tree(Reckoning found) {
    return found.figures().timeTree();
  }

  private interface Of<T> extends Function<TimeTree, T> {}
}
