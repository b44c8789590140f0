package fr.vigie.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.statistics.regression.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real machine's temperature, every five minutes (Numenta's anomaly benchmark). */
class RealMachineTest {
  private static final Path FILE =
      Path.of(
          "..",
          "..",
          "shared",
          "data",
          "nab-machine-temperature",
          "machine_temperature_system_failure.csv");

  private static List<String[]> rows() throws IOException {
    assumeTrue(Files.exists(FILE), () -> "SKIPPED: no real temperature at " + FILE.normalize());
    return Files.readAllLines(FILE).stream().skip(1).map(line -> line.split(",")).toList();
  }

  @Test
  void twoThousandRawSamplesTellAsMuchAsNineIndependentOnes() throws IOException {
    double[] raw =
        rows().stream().limit(2_000).mapToDouble(row -> Double.parseDouble(row[1])).toArray();

    assertThat(Autocorrelation.at(1, raw).orElseThrow())
        .isCloseTo(0.9913192672593758, within(1e-9));
    assertThat(Autocorrelation.effectiveSize(raw)).isCloseTo(8.72, within(0.005));
    assertThat(Moments.of(raw).mean()).isCloseTo(80.29473524623499, within(1e-9));
    assertThat(Math.sqrt(Moments.of(raw).variance())).isCloseTo(8.665546456219785, within(3e-3));
  }

  @Test
  void meansOfDaysCompareAsAnotherProgramComparesThem() throws IOException {
    double[] before = days("2013-12-18", "2014-01-05");
    double[] after = days("2014-01-08", "2014-01-26");
    Estimate difference = Welch.difference(Moments.of(before), Moments.of(after));

    assertThat(before).hasSize(19);
    assertThat(after).hasSize(19);
    assertThat(difference.t().orElseThrow()).isCloseTo(-1.409543242568993, within(1e-9));
    assertThat(difference.degreesOfFreedom()).isCloseTo(33.72720160858874, within(1e-9));
    assertThat(difference.pValue().orElseThrow()).isCloseTo(0.16782937716085963, within(1e-9));
    MannWhitney order = MannWhitney.of(after, before);
    assertThat(order.u()).isEqualTo(232);
    assertThat(order.pValue()).isCloseTo(0.13650524818807388, within(1e-9));
    assertThat(Autocorrelation.at(1, before).orElseThrow()).isCloseTo(0.303, within(5e-4));
    assertThat(Autocorrelation.at(1, after).orElseThrow()).isCloseTo(0.019, within(5e-4));
  }

  private static double[] days(String first, String last) throws IOException {
    return rows().stream()
        .collect(
            Collectors.groupingBy(
                row -> row[0].substring(0, 10),
                TreeMap::new,
                Collectors.averagingDouble(row -> Double.parseDouble(row[1]))))
        .subMap(first, true, last, true)
        .values()
        .stream()
        .mapToDouble(mean -> mean)
        .toArray();
  }
}
