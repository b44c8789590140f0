package fr.vigie.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIT {
  @Test
  @Timeout(300)
  void everyValueThatTheWorkshopSaidIsStoredOnce() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("--seconds", "15", "--headless");
    assertThat(code).as("%s%n%s", out, err).isZero();
    List<String> lines = out.toString().lines().toList();
    JsonNode last = new JsonMapper().readTree(lines.get(lines.size() - 1));
    assertThat(last.path("produced").asLong()).isGreaterThan(15 * (10 * 4 + 6));
    assertThat(last.path("stored").asLong()).isEqualTo(last.path("produced").asLong());
    assertThat(last.path("lost").asLong(-1)).isZero();
    assertThat(last.path("duplicated").asLong(-1)).isZero();
    assertThat(last.path("trs").path("press").isNumber()).isTrue();
    assertThat(out.toString()).contains("First value on the page", "Memory: agent");
  }
}
