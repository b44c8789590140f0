package fr.vigie.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import fr.vigie.server.settings.AlertSettings;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {
  private static final Message MESSAGE =
      new Message(
          "0b6f0c5e",
          "atelier",
          "raised",
          "[critique] Presse : à l'arrêt\r\nBcc: x@example.org",
          "Presse : à l'arrêt depuis 12 min.\n.\nRègle stopped.",
          Map.of(),
          Instant.parse("2026-11-24T10:00:00Z"),
          Message.State.WAITING,
          0,
          Instant.parse("2026-11-24T10:00:00Z"),
          null,
          null);

  @TempDir Path folder;
  private GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

  @AfterEach
  void close() {
    server.stop();
  }

  @Test
  void everyAddressReceivesThePlainTextInItsOwnLanguage() throws Exception {
    server.start();

    mail("none", "", "").carry(MESSAGE);

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getSubject()).startsWith("[critique] Presse : à l'arrêt");
    assertThat(received[0].getHeader("Bcc")).isNull();
    assertThat(received[0].getContent().toString().replace("\r\n", "\n").strip())
        .isEqualTo(MESSAGE.body());
    assertThat(received[0].getHeader("Message-ID")).containsExactly("<0b6f0c5e@vigie.example.org>");
    assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received[0].getAllRecipients()).hasSize(2);
  }

  @Test
  void theServerIsEnteredWithThePasswordOfAFileWhichIsReadEachTime() throws Exception {
    server.setUser("vigie@example.org", "vigie", "right");
    server.start();
    Path password = Files.writeString(folder.resolve("password"), "wrong\n");
    Mail mail = mail("none", "vigie", password.toString());

    assertThatThrownBy(() -> mail.carry(MESSAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Authentication")
        .hasMessageNotContaining("wrong");
    Files.writeString(password, "right\n");
    mail.carry(MESSAGE);

    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aServerThatDoesNotEncryptGetsNothingUnlessThatWasAskedFor() {
    server.start();

    assertThatThrownBy(() -> mail("starttls", "", "").carry(MESSAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("STARTTLS");

    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatDoesNotProveWhoItIsGetsNothing() {
    server =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS).dynamicPort());
    server.start();

    assertThatThrownBy(() -> mail("tls", "", "").carry(MESSAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certification path");

    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsToldAsSuch() {
    server.start();
    Mail mail = mail("none", "", "");
    server.stop();

    assertThatThrownBy(() -> mail.carry(MESSAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Connection refused");
  }

  private Mail mail(String security, String user, String passwordFile) {
    int port = security.equals("tls") ? server.getSmtps().getPort() : server.getSmtp().getPort();
    return new Mail(
        new AlertSettings.Mail(
            "127.0.0.1", port, security, user, passwordFile, "atelier@vigie.example.org"),
        List.of("one@example.org", "two@example.org"));
  }
}
