package fr.vigie.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.checker.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DemoLineTest {
  @Test
  void lossThatWasDeclaredIsStillALoss() {
    Map<String, OptionalDouble> trs = new LinkedHashMap<>();
    trs.put("press", OptionalDouble.of(0.75));
    trs.put("filler", OptionalDouble.empty());
    Report report =
        new Report(
            List.of(
                new Finding("press/current", 600, 590, 3, 0, 0, 0, 7),
                new Finding("filler/count", 60, 61, 0, 1, 0, 0, 0)),
            Map.of());
    assertThat(DemoLine.of(report, trs))
        .isEqualTo(
            "{\"produced\":660,\"stored\":651,\"lost\":10,\"duplicated\":1,"
                + "\"trs\":{\"press\":0.75,\"filler\":null}}");
  }
}
