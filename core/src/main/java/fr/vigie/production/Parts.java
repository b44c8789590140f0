package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a machine made, by product, with what the signals and people say against it. */
final class Parts {
  private final MachineRules rules;
  private final Ordered ordered;
  private final Counts made;
  private final Counts scrap;
  private final List<Declaration> declarations;
  private final Map<Declaration.Kind, Counts> declared = new EnumMap<>(Declaration.Kind.class);

  Parts(MachineRules rules, Declared said, Counts made, Counts scrap) {
    this.rules = rules;
    this.ordered = Ordered.of(said.orders());
    this.made = made;
    this.scrap = scrap;
    declarations = new ArrayList<>(said.rejects());
    declarations.sort(Comparator.comparing(Declaration::at));
    for (Declaration.Kind kind : Declaration.Kind.values()) {
      Counts.Builder counts = new Counts.Builder();
      declarations.stream()
          .filter(declaration -> declaration.kind() == kind)
          .forEach(it -> counts.add(Nanos.of(it.at()), it.parts(), 1));
      declared.put(kind, counts.build());
    }
  }

  Ordered ordered() {
    return ordered;
  }

  Rejects rejects(Stretches when) {
    return new Rejects(
        scrap.within(when) + declared(Declaration.Kind.SCRAP, when),
        declared(Declaration.Kind.START_UP, when),
        declared(Declaration.Kind.REWORK, when));
  }

  /** What was made between two instants and declared not to be good only after them. */
  Rejects late(long from, long to) {
    return declarations.stream()
        .filter(it -> Nanos.of(it.at()) >= from && Nanos.of(it.at()) < to)
        .filter(it -> Nanos.of(it.recorded()) >= to)
        .map(Declaration::rejects)
        .reduce(Rejects.NONE, Rejects::plus);
  }

  /** By product; what no order claims last, if there is any or there is no order. */
  List<Made> products(Stretches open) {
    List<Made> products = new ArrayList<>();
    ordered
        .products()
        .forEach(
            (product, when) -> {
              Stretches time = open.and(when);
              if (time.size() > 0) {
                Optional<Tcr> tcr = Optional.ofNullable(rules.products().get(product));
                products.add(made(Optional.of(product), time, tcr, false));
              }
            });
    boolean alone = products.isEmpty();
    Made rest = made(Optional.empty(), open.minus(ordered.all()), rules.referenceCycle(), alone);
    if (alone || !rest.output().isNothing()) {
      products.add(rest);
    }
    return List.copyOf(products);
  }

  /**
   * @param alone whether even nothing made without a reference cycle says that there is none
   */
  private Made made(Optional<String> product, Stretches time, Optional<Tcr> tcr, boolean alone) {
    return new Made(product, Duration.ofNanos(time.length()), output(time, tcr, alone));
  }

  private Output output(Stretches time, Optional<Tcr> tcr, boolean alone) {
    if (rules.parts() instanceof PartsRule.None) {
      return Output.UNCOUNTED;
    }
    long parts = made.within(time);
    Rejects rejects = rejects(time);
    if (tcr.isPresent()) {
      return Output.of(new Output.Product(parts, rejects, tcr.get()));
    }
    Output untimed = Output.untimed(parts, rejects);
    return untimed.isNothing() && !alone ? Output.NOTHING : untimed;
  }

  private long declared(Declaration.Kind kind, Stretches when) {
    Counts counts = declared.get(kind);
    return counts == null ? 0 : counts.within(when);
  }
}
