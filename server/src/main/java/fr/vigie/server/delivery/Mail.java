package fr.vigie.server.delivery;

import fr.vigie.server.settings.AlertSettings;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** Hands messages as plain text to the mail server of the settings. */
final class Mail implements Carrier {
  private static final String PATIENCE_MILLIS = "10000";

  private final AlertSettings.Mail server;
  private final List<String> addresses;

  Mail(AlertSettings.Mail server, List<String> addresses) {
    this.server = server;
    this.addresses = List.copyOf(addresses);
  }

  @Override
  public void carry(Message message) throws IOException {
    Session session = Session.getInstance(properties());
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mail = mail(session, message);
      boolean named = !server.user().isEmpty();
      transport.connect(
          server.host(),
          server.port(),
          named ? server.user() : null,
          named && server.password().isPresent()
              ? Secrets.firstLine(server.password().get())
              : null);
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException e) {
      throw new IOException(reason(e));
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
    properties.put("mail.smtp.starttls.enable", is("starttls"));
    properties.put("mail.smtp.starttls.required", is("starttls"));
    properties.put("mail.smtp.ssl.enable", is("tls"));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  private String is(String security) {
    return Boolean.toString(server.security().equals(security));
  }

  private MimeMessage mail(Session session, Message message) throws MessagingException {
    String domain = server.from().substring(server.from().indexOf('@') + 1);
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", '<' + message.id() + '@' + domain + '>');
          }
        };
    mail.setFrom(new InternetAddress(server.from(), true));
    for (String address : addresses) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(address, true));
    }
    mail.setSentDate(Date.from(message.created()));
    mail.setSubject(message.title(), StandardCharsets.UTF_8.name());
    mail.setText(message.body(), StandardCharsets.UTF_8.name());
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.saveChanges();
    return mail;
  }

  /** The innermost reason, for the outer ones only say that it failed. */
  private static String reason(MessagingException e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()).strip();
  }
}
