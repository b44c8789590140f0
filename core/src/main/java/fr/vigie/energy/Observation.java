package fr.vigie.energy;

import fr.vigie.time.Span;
import java.util.List;

/**
 * One period, such as a day: what was used, and what explains it.
 *
 * @param drivers such as parts made, in the order of the baseline's drivers
 */
public record Observation(Span span, double kilowattHours, List<Double> drivers) {
  public Observation {
    drivers = List.copyOf(drivers);
  }

  static double[] energies(List<Observation> observations) {
    return observations.stream().mapToDouble(Observation::kilowattHours).toArray();
  }

  static double[] driver(List<Observation> observations, int index) {
    return observations.stream().mapToDouble(it -> it.drivers().get(index)).toArray();
  }

  double[] at() {
    return drivers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
