package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Sample;
import fr.vigie.usage.UsageTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** 23 November begins at the workshop, in Paris. */
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T23:00:00Z");

  private static final String CONTRACT =
      """
      {"contract": "%s", "customer": "Forge « Süd » Forge Dupré & fils – Łódź fils – Łódź", "machine": "press",
       "from": "2026-11-21T23:00:00Z", "to": "2026-11-30T23:00:00Z", "meter": "kwh"}""";

  @TempDir static Path data;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException {
    workshop = new Workshop(data);
    workshop.put(
        "/api/v1/machines/press",
        """
        {"state": {"signal": "state", "values": {"ACTIVE": "running", "STOPPED": "stopped"}},
         "parts": {"counter": "parts"}}""");
    workshop.online("press");
    workshop.send(
        "press",
        "state",
        Sample.good(MIDNIGHT, "ACTIVE"),
        Sample.good(hour(12), "STOPPED"),
        Sample.good(hour(24), "ACTIVE"));
    workshop.send("press", "parts", Sample.good(hour(1), 100), Sample.good(hour(11), 250));
    Sample[] energy = new Sample[53];
    for (int i = 0; i < energy.length; i++) {
      energy[i] = Sample.good(MIDNIGHT.plusSeconds(1_800L * i), 7_000 + 0.5 * i);
    }
    workshop.send("press", "kwh", energy);
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void daysThatAreOverAreReadOnceAndCorrectedWhenDataComesLate() throws IOException {
    assertThat(add("c-1").statusCode()).isEqualTo(201);
    JsonNode first = json(workshop.post("/api/v1/usage/c-1/readings", "{}"));

    assertThat(first.at("/entries").size()).isEqualTo(2);
    assertThat(first.at("/entries/0/used/seconds/unobserved").asDouble()).isEqualTo(86_400);
    assertThat(first.at("/entries/0/used/energyWh").isNull()).isTrue();
    assertThat(first.at("/entries/1/used/seconds/running").asDouble()).isEqualTo(43_200);
    assertThat(first.at("/entries/1/used/seconds/stopped").asDouble()).isEqualTo(43_200);
    assertThat(first.at("/entries/1/used/parts").asLong()).isEqualTo(150);
    assertThat(first.at("/entries/1/used/energyWh").asLong()).isEqualTo(24_000);
    assertThat(first.at("/entries/1/used/cycles").isNull()).isTrue();
    assertThat(first.at("/whole").asBoolean()).isTrue();
    assertThat(json(workshop.post("/api/v1/usage/c-1/readings", "{}"))).isEqualTo(first);

    workshop.send("press", "state", Sample.good(hour(18), "ACTIVE"));
    JsonNode second = json(workshop.post("/api/v1/usage/c-1/readings", "{}"));
    assertThat(second.at("/entries").size()).isEqualTo(3);
    assertThat(second.at("/entries/2/corrects").asLong()).isEqualTo(2);
    assertThat(second.at("/entries/2/used/seconds/running").asDouble()).isEqualTo(64_800);
    assertThat(second.at("/entries/0")).isEqualTo(first.at("/entries/0"));
    assertThat(second.at("/entries/1")).isEqualTo(first.at("/entries/1"));
    assertThat(second.at("/total/seconds/running").asDouble()).isEqualTo(64_800);
    assertThat(second.at("/total/energyWh").isNull()).isTrue();

    String csv = workshop.get("/api/v1/usage/c-1?format=csv&lang=fr").body();
    assertThat(csv).startsWith("\ufeffcontrat;client;machine");
    assertThat(UsageTable.read(csv).verify()).isEmpty();
    assertThat(UsageTable.read(csv).head()).isEqualTo(second.at("/head").asString());
    String english = workshop.get("/api/v1/usage/c-1?format=csv&lang=en").body();
    assertThat(UsageTable.read(english)).isEqualTo(UsageTable.read(csv));

    assertPaper(second.at("/head").asString());
  }

  private static void assertPaper(String head) throws IOException {
    Path file = Path.of("target/usage.pdf");
    try (InputStream in =
        URI.create(workshop.address() + "/api/v1/usage/c-1?format=pdf&lang=fr")
            .toURL()
            .openStream()) {
      Files.write(file, in.readAllBytes());
    }
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains("Relevé d'usage")
          .contains("Forge « Süd » Forge Dupré & fils – Łódź fils – Łódź")
          .contains("22/11/2026 00:00 – 01/12/2026 00:00 (Europe/Paris)")
          .contains("23/11/2026 18,00 0,00 6,00 0,00 0,00 – 150 24,000")
          .contains("Total 18,00 0,00 6,00 0,00 24,00 – 150 –")
          .contains("Le n° 3 remplace le n° 2, du 23/11/2026")
          .contains("1 / 1")
          .doesNotContain("altérée");
      assertThat(text.replaceAll("\\s", "")).contains(head);
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 80);
      ImageIO.write(page, "png", Path.of("target/usage.png").toFile());
      assertThat(document.getNumberOfPages()).isEqualTo(1);
    }
  }

  @Test
  void aContractIsAddedOnceAndNeverChanged() {
    assertThat(add("c-2").statusCode()).isEqualTo(201);

    HttpResponse<String> again = add("c-2");
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(json(again).at("/detail").asString()).contains("c-2").contains("ne se modifie pas");
    assertThat(workshop.get("/api/v1/usage/contracts").body()).contains("c-2");
  }

  @Test
  void everyMistakeOfAContractIsToldAtOnce() {
    HttpResponse<String> answer =
        workshop.post(
            "/api/v1/usage/contracts",
            """
            {"contract": "a b", "customer": "=HYPERLINK(1)", "machine": "lathe",
             "from": "tomorrow", "meter-unit": "kWh", "price": 3}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/mistakes").findValuesAsString("key"))
        .containsExactlyInAnyOrder(
            "contract", "machine", "from", "to", "meter-unit", "customer", "price");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(workshop.get("/api/v1/usage/none").statusCode()).isEqualTo(404);
    add("c-3");
    assertThat(workshop.get("/api/v1/usage/c-3?format=xml").statusCode()).isEqualTo(400);
    assertThat(json(workshop.get("/api/v1/usage/c-3")).at("/entries").size()).isZero();
    assertThat(workshop.get("/api/v1/usage/c-3?format=pdf").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> add(String name) {
    return workshop.post("/api/v1/usage/contracts", CONTRACT.formatted(name));
  }

  private static Instant hour(int hour) {
    return MIDNIGHT.plusSeconds(3_600L * hour);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }
}
