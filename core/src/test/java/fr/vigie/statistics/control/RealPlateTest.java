package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Twenty plates that NIST milled and measured (smstestbed, July 2017), with the capability indices
 * that its inspection software published, and Nelson's rules as another program found them.
 */
class RealPlateTest {
  private static final Path QUALITY =
      Path.of("..", "..", "shared", "data", "nist-sms-testbed", "quality");

  @Test
  void everyPublishedCpAndCpkComesOut() throws IOException {
    Map<String, double[]> measured = measured();
    int checked = 0;
    for (Map<String, String> row : table("capability.csv")) {
      if (row.get("name").equals("Part Number")) {
        continue;
      }
      Capability plate = capability(measured, row, tolerance(row));
      String name = row.get("name");
      assertRelative(name, value(plate.cp(Interval.USUAL)), number(row, "cp"), 1e-9);
      assertRelative(name, value(plate.pp(Interval.USUAL)), number(row, "pp"), loss(plate));
      Capability nearest = capability(measured, row, nearest(row));
      assertRelative(name, value(nearest.cpk(Interval.USUAL)), number(row, "cpk"), 1e-9);
      assertRelative(name, value(nearest.ppk(Interval.USUAL)), number(row, "ppk"), loss(plate));
      assertRelative(name, plate.mean(), number(row, "avg"), 1e-9);
      assertThat(plate.refusal()).hasValue(Capability.Refusal.TOO_FEW_OBSERVATIONS);
      checked++;
    }
    assertThat(checked).isEqualTo(table("capability.csv").size() - 1);
  }

  /**
   * The published deviations come from one pass over squares, which in double precision loses (mean
   * over deviation)² of its digits: it shows where that is worse than 1e-9.
   */
  private static double loss(Capability plate) {
    double ratio = plate.mean() / plate.overall();
    return Math.max(1e-9, ratio * ratio * Math.ulp(1.0));
  }

  @Test
  void nelsonsRulesAreBrokenWhereAnotherProgramFindsThem() throws IOException {
    Map<String, double[]> measured = measured();
    int broken = 0;
    for (Map<String, String> row : table("expected_imr_nelson.csv")) {
      Chart chart = ControlCharts.individuals(values(measured, row)).location();
      String hits =
          new TreeMap<>(chart.broken(Rule.NELSON))
              .entrySet().stream()
                  .map(
                      each ->
                          "R"
                              + (each.getKey().ordinal() + 1)
                              + ':'
                              + each.getValue().stream()
                                  .map(last -> String.valueOf(last + 1))
                                  .collect(Collectors.joining(",")))
                  .collect(Collectors.joining(";"));
      assertThat(hits).as(row.get("name")).isEqualTo(row.get("nelson_hits_1based"));
      assertRelative(row.get("name"), chart.limits().sigma(), number(row, "sigma_mr"), 1e-9);
      assertRelative(row.get("name"), chart.limits().lower(), number(row, "LCL"), 1e-9);
      assertRelative(row.get("name"), chart.limits().upper(), number(row, "UCL"), 1e-9);
      broken += hits.isEmpty() ? 0 : 1;
    }
    assertThat(broken).isGreaterThan(0);
  }

  @Test
  void theHoleThatDriftedIsNotStableWhateverItsCpk() throws IOException {
    Map<String, double[]> measured = measured();
    Map<String, String> row =
        table("capability.csv").stream()
            .filter(each -> each.get("name").equals("Diameter 10"))
            .findFirst()
            .orElseThrow();
    Capability hole = capability(measured, row, tolerance(row));

    assertThat(value(hole.cpk(Interval.USUAL))).isCloseTo(0.86, within(0.005));
    assertThat(value(hole.ppk(Interval.USUAL))).isCloseTo(0.28, within(0.005));
    assertThat(hole.instability()).containsKey(Rule.NELSON_1);
  }

  private static double value(Optional<Capability.Index> index) {
    return index.orElseThrow().value();
  }

  private static Capability capability(
      Map<String, double[]> measured, Map<String, String> row, Tolerance tolerance) {
    return Capability.of(ControlCharts.individuals(values(measured, row)), tolerance);
  }

  /** Flatness and position start at the zero that they cannot be below. */
  private static Tolerance tolerance(Map<String, String> row) {
    return row.get("usl").isEmpty()
        ? Tolerance.between(0, number(row, "tol"))
        : Tolerance.between(number(row, "lsl"), number(row, "usl"));
  }

  private static Tolerance nearest(Map<String, String> row) {
    return row.get("usl").isEmpty() ? Tolerance.atMost(number(row, "tol")) : tolerance(row);
  }

  private static Map<String, double[]> measured() throws IOException {
    Map<String, List<Double>> values = new HashMap<>();
    for (Map<String, String> row : table("measurements.csv")) {
      values.computeIfAbsent(key(row), key -> new ArrayList<>()).add(number(row, "value"));
    }
    Map<String, double[]> measured = new HashMap<>();
    values.forEach(
        (key, list) -> measured.put(key, list.stream().mapToDouble(each -> each).toArray()));
    return measured;
  }

  private static double[] values(Map<String, double[]> measured, Map<String, String> row) {
    return Optional.ofNullable(measured.get(key(row))).orElseThrow();
  }

  private static String key(Map<String, String> row) {
    return row.get("part") + '/' + row.get("item");
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static final Pattern CELL = Pattern.compile("(?:^|,)(\"[^\"]*\"|[^,]*)");

  private static List<Map<String, String>> table(String file) throws IOException {
    Path path = QUALITY.resolve(file);
    assumeTrue(Files.exists(path), () -> "SKIPPED: no real measurements at " + path.normalize());
    List<String> lines = Files.readAllLines(path);
    List<String> header = Arrays.asList(lines.get(0).split(","));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Map<String, String> row = new HashMap<>();
      Matcher cells = CELL.matcher(line);
      for (String column : header) {
        assertThat(cells.find()).as(line).isTrue();
        row.put(column, cells.group(1).replace("\"", ""));
      }
      rows.add(row);
    }
    return rows;
  }

  private static void assertRelative(String name, double found, double wanted, double relative) {
    Offset<Double> offset = within(relative * Math.abs(wanted));
    assertThat(found).as(name).isCloseTo(wanted, offset);
  }
}
