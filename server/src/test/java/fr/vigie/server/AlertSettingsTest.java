package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
  @TempDir Path folder;

  @Test
  void mistakesAboutMailAndWebhooksAreNamedWithAllTheOthers() throws IOException {
    Path tooShort = Files.writeString(folder.resolve("short"), "whsec_c2hvcnQ=\n");

    assertThat(
            mistakes(
                """
                vigie:
                  data: %s
                  site: a b
                  alerts:
                    language: de
                    most-an-hour: 0
                    mail: {host: smtp.example.org, port: 0, security: ssl, from: vigie}
                    to:
                      maintenance: {mail: "one@example.org, two"}
                      mes: {webhook: "ftp://mes.local/vigie", secret-file: %s}
                      line: {webhook: "https://user:word@mes.local/vigie", mail: a@example.org}
                      none: {secret-file: /nowhere/at/all}
                      Night: {mail: night@example.org}
                """
                    .formatted(folder, tooShort)))
        .extracting(line -> line.replaceAll("^[^ ]+  ([^:]+):.*", "$1"))
        .containsExactlyInAnyOrder(
            "vigie.site",
            "vigie.alerts.language",
            "vigie.alerts.most-an-hour",
            "vigie.alerts.mail.port",
            "vigie.alerts.mail.security",
            "vigie.alerts.mail.from",
            "vigie.alerts.to.maintenance.mail",
            "vigie.alerts.to.mes.webhook",
            "vigie.alerts.to.mes.secret-file",
            "vigie.alerts.to.line.mail",
            "vigie.alerts.to.line.webhook",
            "vigie.alerts.to.line.secret-file",
            "vigie.alerts.to.none.mail",
            "vigie.alerts.to.none.secret-file");
  }

  @Test
  void recipientsByMailNeedAServer() throws IOException {
    assertThat(
            mistakes(
                """
                vigie:
                  data: %s
                  alerts.to.maintenance.mail: one@example.org
                """
                    .formatted(folder)))
        .anyMatch(line -> line.startsWith("settings  vigie.alerts.mail.host: found '', wanted"))
        .anyMatch(line -> line.startsWith("settings  vigie.alerts.mail.from: found '', wanted"))
        .hasSize(2);
  }

  private java.util.List<String> mistakes(String settings) throws IOException {
    Path file = Files.writeString(folder.resolve("server.yaml"), settings);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ServerMain.run(
            new String[] {"--config", file.toString()},
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(78);
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
