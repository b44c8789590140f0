package fr.vigie.server.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of {@link SettingsCheck} that is about {@link AlertSettings}. */
final class AlertSettingsCheck {
  static final List<String> KNOWN =
      List.of(
          "vigie.alerts.language",
          "vigie.alerts.late",
          "vigie.alerts.most-an-hour",
          "vigie.alerts.give-up-after",
          "vigie.alerts.mail.host",
          "vigie.alerts.mail.port",
          "vigie.alerts.mail.security",
          "vigie.alerts.mail.user",
          "vigie.alerts.mail.password-file",
          "vigie.alerts.mail.from");

  /** How the settings of a recipient are told to those who look for the right name. */
  static final String ONE_RECIPIENT = "vigie.alerts.to.NAME.mail, .webhook, .secret-file";

  private static final Pattern TO =
      Pattern.compile("vigie\\.alerts\\.to\\.([a-z][a-z0-9-]{0,63})\\.([a-z-]+)");
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@,;<>\"()\\p{Cntrl}]+@[^\\s@,;<>\"()]+");
  private static final String AN_ADDRESS = "an address such as atelier@example.org";
  private static final String A_SECRET =
      "a file whose first line is whsec_ and then 24 to 64 bytes in base64, as of"
          + " `echo whsec_$(openssl rand -base64 32)`";

  private final SettingsCheck check;

  AlertSettingsCheck(SettingsCheck check) {
    this.check = check;
  }

  static boolean isKnown(String name) {
    Matcher matcher = TO.matcher(name);
    return KNOWN.contains(name)
        || matcher.matches() && Set.of("mail", "webhook", "secret-file").contains(matcher.group(2));
  }

  void all() {
    check.one("vigie.alerts.language", Set.of("fr", "en")::contains, "fr or en");
    check.one("vigie.alerts.late", SettingsCheck::isDuration, "a duration such as 15m or 1h");
    check.one(
        "vigie.alerts.most-an-hour",
        text -> text.matches("[1-9][0-9]{0,3}"),
        "a number of messages from 1 to 9999");
    check.one(
        "vigie.alerts.give-up-after", SettingsCheck::isDuration, "a duration such as 12h or 3d");
    check.one("vigie.alerts.mail.port", AlertSettingsCheck::isPort, "a port from 1 to 65535");
    check.one(
        "vigie.alerts.mail.security",
        Set.of("starttls", "tls", "none")::contains,
        "starttls, tls or none");
    check.one(
        "vigie.alerts.mail.password-file",
        text -> text.isEmpty() || SettingsCheck.isReadable(text),
        "a file that can be read");
    check.one(
        "vigie.alerts.mail.from",
        text -> text.isEmpty() || ADDRESS.matcher(text).matches(),
        AN_ADDRESS);
    boolean mail = false;
    for (String name : recipients()) {
      mail |= recipient("vigie.alerts.to." + name + '.');
    }
    for (String name : List.of("vigie.alerts.mail.host", "vigie.alerts.mail.from")) {
      if (mail && check.text(name).isEmpty()) {
        check.missing(name, "a value, for there are recipients by mail");
      }
    }
  }

  private Set<String> recipients() {
    Set<String> names = new TreeSet<>();
    for (String name : check.names()) {
      Matcher matcher = TO.matcher(name);
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /** Whether it is one by mail. */
  private boolean recipient(String prefix) {
    boolean mail = !check.text(prefix + "mail").isEmpty();
    boolean webhook = !check.text(prefix + "webhook").isEmpty();
    if (mail == webhook) {
      check.missing(prefix + "mail", "either mail or webhook");
    }
    check.one(
        prefix + "mail",
        text ->
            text.isEmpty()
                || List.of(text.split(",", -1)).stream()
                    .allMatch(address -> ADDRESS.matcher(address.strip()).matches()),
        "addresses such as atelier@example.org, with commas between them");
    check.one(
        prefix + "webhook",
        text -> text.isEmpty() || isWebhook(text),
        "an address such as https://mes.local/vigie");
    check.one(prefix + "secret-file", text -> text.isEmpty() || isSecret(text), A_SECRET);
    if (webhook && check.text(prefix + "secret-file").isEmpty()) {
      check.missing(prefix + "secret-file", A_SECRET);
    }
    return mail;
  }

  private static boolean isPort(String text) {
    return SettingsCheck.isPort(text) && Integer.parseInt(text) > 0;
  }

  private static boolean isWebhook(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && uri.getPort() != 0
          && uri.getPort() <= 65_535;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isSecret(String file) {
    if (!SettingsCheck.isReadable(file)) {
      return false;
    }
    try (var lines = Files.lines(Path.of(file))) {
      String line = lines.findFirst().orElse("").strip();
      int bytes =
          line.startsWith("whsec_") ? Base64.getDecoder().decode(line.substring(6)).length : 0;
      return bytes >= 24 && bytes <= 64;
    } catch (IOException | IllegalArgumentException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
