package fr.vigie.server.explain;

import fr.vigie.production.Convention;
import fr.vigie.production.Figures;
import fr.vigie.production.Made;
import fr.vigie.production.Output;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.server.plant.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every figure that can be opened, and what it is made of. Each subject has a class of its own. */
final class Catalogue {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Catalogue(List<Entry> production, Convention convention, List<Watched> watched) {
    Stream.of(
            production,
            IsoFigures.all(),
            LossFigures.all(),
            ReliabilityFigures.of(convention),
            EnergyFigures.all(),
            ConditionFigures.of(watched))
        .flatMap(List::stream)
        .forEach(entry -> entries.put(entry.name(), entry));
  }

  /** Of any machine, by the norm. */
  static Catalogue general() {
    return new Catalogue(
        ProductionFigures.of(List.of(), Output.Known.TIMES), Convention.NORM, List.of());
  }

  /** Of a machine as it is described. */
  static Catalogue of(Machine machine) {
    return new Catalogue(
        ProductionFigures.of(List.of(), Output.Known.TIMES),
        machine.rules().convention(),
        machine.instruments().watched());
  }

  /** Of a machine and what it made. */
  static Catalogue of(Machine machine, Figures figures) {
    List<Made> products = figures.counted().products();
    return new Catalogue(
        ProductionFigures.of(products, figures.timeTree().output().known()),
        figures.times().convention(),
        machine.instruments().watched());
  }

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  List<Entry> all() {
    return List.copyOf(entries.values());
  }
}
