package fr.vigie.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of alerts and how, under {@code vigie.alerts}; already checked by {@link
 * SettingsCheck}. Only here are addresses set, so that no caller of the interface can have the
 * server speak to a machine of his choice.
 *
 * @param language of the messages: fr or en
 * @param late what was over so long ago when it became known is told of in a summary
 * @param mostAnHour messages to one recipient; what is more waits and goes as one
 * @param giveUpAfter how long a message is tried
 * @param mail the server that takes mail
 * @param to recipients by name
 */
@ConfigurationProperties("vigie.alerts")
public record AlertSettings(
    @DefaultValue("fr") String language,
    @DefaultValue("15m") Duration late,
    @DefaultValue("20") int mostAnHour,
    @DefaultValue("3d") Duration giveUpAfter,
    @DefaultValue Mail mail,
    @DefaultValue Map<String, Target> to) {
  public AlertSettings {
    to = Map.copyOf(to);
  }

  /**
   * @param host empty when no mail is sent
   * @param security {@code starttls}, {@code tls} or {@code none}
   * @param user empty when the server asks for none
   * @param passwordFile a file whose first line is the password; empty for none
   */
  public record Mail(
      @DefaultValue("") String host,
      @DefaultValue("587") int port,
      @DefaultValue("starttls") String security,
      @DefaultValue("") String user,
      @DefaultValue("") String passwordFile,
      @DefaultValue("") String from) {
    public Optional<Path> password() {
      return passwordFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(passwordFile));
    }
  }

  /**
   * One recipient: addresses of mail, or a webhook.
   *
   * @param mail separated by commas
   * @param secretFile a file whose first line is the key that signs what goes to the webhook
   */
  public record Target(
      @DefaultValue("") String mail,
      @DefaultValue("") String webhook,
      @DefaultValue("") String secretFile) {
    public boolean isMail() {
      return !mail.isEmpty();
    }

    public List<String> addresses() {
      return Arrays.stream(mail.split(",")).map(String::strip).toList();
    }

    public URI url() {
      return URI.create(webhook);
    }

    public Path secret() {
      return Path.of(secretFile);
    }
  }

  public Locale locale() {
    return Locale.forLanguageTag(language);
  }
}
