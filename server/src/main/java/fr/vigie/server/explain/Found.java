package fr.vigie.server.explain;

import fr.vigie.loss.Iso22400;
import fr.vigie.loss.Reliability;
import fr.vigie.production.Figures;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.ConditionDiagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis;
import fr.vigie.server.diagnosis.EnergyReckoning;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.diagnosis.WatchedReckoning;
import fr.vigie.server.plant.Machine;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a machine in a span. Energy and condition are reckoned when a figure first asks
 * for them, and once. For one thread.
 */
final class Found {
  private final Machine machine;
  private final Reckoning reckoning;
  private final EnergyDiagnosis energies;
  private final ConditionDiagnosis conditions;
  private @Nullable EnergyReckoning energy;
  private @Nullable List<WatchedReckoning> condition;

  Found(
      Machine machine,
      Reckoning reckoning,
      EnergyDiagnosis energies,
      ConditionDiagnosis conditions) {
    this.machine = machine;
    this.reckoning = reckoning;
    this.energies = energies;
    this.conditions = conditions;
  }

  Machine machine() {
    return machine;
  }

  Reckoning reckoning() {
    return reckoning;
  }

  Figures figures() {
    return reckoning.figures();
  }

  TimeTree tree() {
    return figures().timeTree();
  }

  Iso22400 iso() {
    return Iso22400.of(figures());
  }

  Reliability reliability() {
    return Reliability.of(figures());
  }

  /** Of a machine with a meter. */
  EnergyReckoning energy() throws IOException {
    EnergyReckoning known = energy;
    if (known == null) {
      known =
          energies.energy(machine, machine.instruments().meter().orElseThrow(), figures().span());
      energy = known;
    }
    return known;
  }

  /** Of a signal that is watched. */
  WatchedReckoning watched(String signal) throws IOException {
    List<WatchedReckoning> known = condition;
    if (known == null) {
      known = conditions.condition(machine, figures().span());
      condition = known;
    }
    return known.stream()
        .filter(each -> each.watched().signal().equals(signal))
        .findFirst()
        .orElseThrow();
  }
}
