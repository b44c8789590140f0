package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.diagnosis.HoleReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DiagnosisTextTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String AT = "2026-11-23T06:00:00Z";

  private static String text(Locale language, Map<String, Object> rest) {
    Map<String, Object> diagnosis = new HashMap<>(rest);
    diagnosis.putAll(
        Map.of(
            "label", "Presse", "machine", "press", "zone", "Europe/Paris", "from", AT, "to", AT));
    StringWriter said = new StringWriter();
    new DiagnosisText(language, new PrintWriter(said)).print(JSON.valueToTree(diagnosis));
    return said.toString().replace('\u202f', ' ').replace('\u00a0', ' ');
  }

  @Test
  void everyHoleIsToldInWordsInBothLanguages() {
    for (Locale language : List.of(Locale.FRENCH, Locale.ENGLISH)) {
      for (HoleReason reason : HoleReason.values()) {
        String word = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Map<String, Object> hole =
            Map.of("from", AT, "reason", word, "source", "plc", "seconds", 60);
        String said =
            text(language, Map.of("figures", Map.of("coverage", Map.of("holes", List.of(hole)))));
        assertThat(said).contains("1 min 00 s").doesNotContain("{", "''", "null");
      }
    }
  }

  @Test
  void meterThatSaidNothingUsedNothingThatIsKnown() {
    Map<String, Object> none = new HashMap<>();
    none.put("ratio", null);
    String said =
        text(
            Locale.FRENCH,
            Map.of(
                "energy",
                Map.of(
                    "total", Map.of("kilowattHours", 0.0, "coverage", 0.0),
                    "idle", Map.of("kilowattHours", 0.0),
                    "perGoodPart", none)));

    assertThat(said)
        .containsPattern("Consommation totale +–")
        .containsPattern("Par pièce bonne +–")
        .containsPattern("dont le compteur rend compte +0,0 %")
        .doesNotContain("kWh");
  }

  @Test
  void partsMadeAndGoodDifferByTheRejectsThatStandBelow() {
    Map<String, Object> figures =
        Map.of(
            "parts",
            10,
            "good",
            -3,
            "scrap",
            6, //
            "rejected",
            Map.of("scrap", 6, "startUp", 2, "rework", 5));

    assertThat(text(Locale.FRENCH, Map.of("figures", figures)))
        .containsPattern("Pièces bonnes \\(NPB\\) +−3\n")
        .containsPattern("Rebuts et retouches +13\n");
  }

  @Test
  void shiftThatCannotBeRightIsMarked() {
    List<Map<String, Object>> shifts = new ArrayList<>();
    shifts.add(Map.of("from", AT, "name", "Matin", "trs", 0.5, "remarks", List.of()));
    shifts.add(
        Map.of(
            "from",
            AT,
            "name",
            "Nuit",
            "trs",
            3.325, //
            "remarks",
            List.of(Map.of("code", "reference-too-long", "text", "…"))));

    assertThat(text(Locale.FRENCH, Map.of("shifts", shifts)))
        .containsPattern("Matin +50,0 %\n")
        .containsPattern("Nuit +332,5 % \\(à vérifier\\)\n");
  }
}
