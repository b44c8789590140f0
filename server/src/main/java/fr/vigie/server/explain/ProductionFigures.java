package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.difference;
import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.planned;
import static fr.vigie.server.explain.Entry.product;
import static fr.vigie.server.explain.Entry.quotient;
import static fr.vigie.server.explain.Entry.set;
import static fr.vigie.server.explain.Entry.sum;
import static fr.vigie.server.explain.Evidence.DESCRIPTION;
import static fr.vigie.server.explain.Evidence.ENTRIES;
import static fr.vigie.server.explain.Evidence.PARTS;
import static fr.vigie.server.explain.Evidence.SCRAP;
import static fr.vigie.server.explain.Evidence.STATE;
import static fr.vigie.server.explain.Evidence.STOPS;

import fr.vigie.production.Made;
import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.Tcr;
import fr.vigie.production.TimeTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rates, times and parts of NF E60-182. */
final class ProductionFigures {
  private static final String NF = "NF E60-182 (2002)";

  private ProductionFigures() {}

  /**
   * Where several products were made, times of parts are opened product by product, as {@code
   * tU@A12}; where nobody knows a reference cycle, quality is one of parts.
   */
  static List<Entry> of(List<Made> products, Output.Known known) {
    List<Entry> all = new ArrayList<>(rates(known));
    all.addAll(times());
    all.addAll(partsOfSpan());
    parts(found -> found.tree().output(), ProductionFigures::reference).stream()
        .map(entry -> products.size() > 1 ? byProduct(entry, products) : entry)
        .forEach(all::add);
    for (Made made : products) {
      String product = made.product().orElse("");
      parts(found -> of(product, found), found -> reference(product, found)).stream()
          .map(entry -> entry.of(product))
          .forEach(all::add);
    }
    return all;
  }

  private static List<Entry> rates(Output.Known known) {
    Entry quality =
        known == Output.Known.PARTS
            ? quotient("TQ", "NPB", "NPR", rate(TimeTree::quality))
            : quotient("TQ", "tU", "tN", rate(TimeTree::quality));
    return Stream.of(
            quotient("TRS", "tU", "tR", rate(TimeTree::trs)).from(NF),
            quotient("TRG", "tU", "tO", rate(TimeTree::trg)).from(NF),
            quotient("TRE", "tU", "tT", rate(TimeTree::tre)).from(NF),
            quotient("DO", "tF", "tR", rate(TimeTree::availability)).from(NF),
            quotient("TP", "tN", "tF", rate(TimeTree::performance)).from(NF),
            quality.from(NF),
            quotient("TC", "tR", "tO", rate(TimeTree::load)).from(NF),
            quotient("TS", "tO", "tT", rate(TimeTree::commitment)).from(NF),
            quotient("coverage", "observed", "tR", rate(TimeTree::coverage)))
        .toList();
  }

  private static List<Entry> times() {
    return List.of(
        sum("tF", List.of("running", "micro-stops"), time(TimeTree::tF)).from(NF),
        sum("observed", List.of("tF", "stops"), time(TimeTree::observed)),
        difference("tR", List.of("tO", "not-required"), time(TimeTree::tR)).from(NF),
        planned("tO", time(TimeTree::tO)).from(NF),
        planned("not-required", time(tree -> tree.tO().minus(tree.tR()))).from(NF),
        planned("tT", time(TimeTree::tT)).from(NF),
        measured("running", time(tree -> tree.required().running()), STATE),
        measured(
            "micro-stops", time(tree -> tree.required().microStops()), STATE, STOPS, DESCRIPTION),
        measured("stops", time(tree -> tree.required().stops()), STATE, STOPS, DESCRIPTION),
        measured("unobserved", time(tree -> tree.required().unobserved()), STATE));
  }

  private static List<Entry> parts(Function<Found, Output> made, Value reference) {
    return List.of(
        product("tU", "NPB", "tcr", found -> timed(made.apply(found), Output::useful)).from(NF),
        product("tN", "NPR", "tcr", found -> timed(made.apply(found), Output::net)).from(NF),
        difference(
                "NPB", List.of("NPR", "rejects"), found -> counted(made.apply(found), Output::good))
            .from(NF),
        measured("NPR", found -> counted(made.apply(found), Output::parts), PARTS, ENTRIES)
            .from(NF),
        measured(
                "rejects",
                found -> counted(made.apply(found), output -> output.rejects().all()),
                SCRAP,
                ENTRIES)
            .from(NF),
        set("tcr", reference, DESCRIPTION).from(NF));
  }

  /** In opening time or not, as energy is compared with. */
  private static List<Entry> partsOfSpan() {
    return List.of(
        difference("good", List.of("parts", "rejected"), found -> parts(found.figures().good())),
        measured("parts", found -> parts(found.figures().parts()), PARTS, ENTRIES),
        measured(
            "rejected", found -> parts(found.figures().counted().rejects().all()), SCRAP, ENTRIES));
  }

  private static Amount parts(long count) {
    return Amount.parts(Optional.of(count));
  }

  private static Entry byProduct(Entry entry, List<Made> products) {
    String formula =
        switch (entry.name()) {
          case "tU" -> "tU = Σ NPB × tcr";
          case "tN" -> "tN = Σ NPR × tcr";
          default -> "";
        };
    List<String> each =
        products.stream().map(made -> entry.of(made.product().orElse("")).name()).toList();
    return formula.isEmpty()
        ? entry
        : sum(entry.name(), each, entry.value()).from(NF).written(formula);
  }

  private static Output of(String product, Found found) {
    return found.figures().counted().products().stream()
        .filter(made -> made.product().orElse("").equals(product))
        .map(Made::output)
        .findFirst()
        .orElse(Output.NOTHING);
  }

  private static Value rate(Function<TimeTree, Rate> rate) {
    return found -> Amount.of(rate.apply(found.tree()));
  }

  private static Value time(Function<TimeTree, Duration> time) {
    return found -> Amount.of(time.apply(found.tree()));
  }

  private static Amount timed(Output output, Function<Output, Duration> time) {
    boolean known = output.known() == Output.Known.TIMES;
    return Amount.of(known ? Optional.of(time.apply(output)) : Optional.empty());
  }

  /** A number of parts, where they are counted. */
  static Amount counted(Output output, Function<Output, Long> count) {
    boolean known = output.known() != Output.Known.NOTHING;
    return Amount.parts(known ? Optional.of(count.apply(output)) : Optional.empty());
  }

  /** The reference cycle of the one product that was made, or of the machine. */
  private static Amount reference(Found found) {
    List<Made> products = found.figures().counted().products();
    return reference(products.size() == 1 ? products.get(0).product().orElse("") : "", found);
  }

  private static Amount reference(String product, Found found) {
    Optional<Tcr> tcr =
        product.isEmpty()
            ? found.machine().rules().referenceCycle()
            : Optional.ofNullable(found.machine().rules().products().get(product));
    return Amount.of(tcr.map(cycle -> cycle.time().toNanos() / 1e9 / cycle.parts()), "s/part");
  }
}
