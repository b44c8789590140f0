package fr.vigie.server;

import fr.vigie.server.web.Messages;
import java.io.PrintWriter;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import tools.jackson.databind.JsonNode;

/** A diagnosis as a page of text. */
final class DiagnosisText {
  private static final List<String> RATES = List.of("TRS", "TRG", "TRE", "DO", "TP", "TQ");
  private static final List<String> TIMES = List.of("tT", "tO", "tR", "tF", "tN", "tU");

  private final MessageSource messages = new Messages().messageSource();
  private final Locale locale;
  private final DateTimeFormatter when;

  DiagnosisText(Locale locale, ZoneId zone) {
    this.locale = locale;
    this.when =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(zone);
  }

  void print(JsonNode diagnosis, PrintWriter out) {
    out.printf(
        "%s (%s)%n%s – %s%n",
        diagnosis.at("/label").asString(),
        diagnosis.at("/machine").asString(),
        time(diagnosis.at("/from")),
        time(diagnosis.at("/to")));
    JsonNode figures = diagnosis.at("/figures");
    heading(out, "diagnose.rates");
    RATES.forEach(rate -> row(out, "figure." + rate, percent(figures.at("/" + rate + "/ratio"))));
    row(out, "figure.coverage", percent(figures.at("/coverage/ratio")));
    if (!figures.at("/trsRefused").isNull()) {
      String why = figures.at("/trsRefused").asString().replace('-', '_');
      out.println("  " + say("refused." + why, percent(figures.at("/coverage/ratio"))));
    }
    heading(out, "diagnose.times");
    TIMES.forEach(name -> row(out, "figure." + name, length(figures.at("/times/" + name))));
    row(out, "figure.stops", length(figures.at("/stops/seconds")));
    row(out, "figure.micro-stops", length(figures.at("/microStops/seconds")));
    heading(out, "diagnose.parts");
    row(out, "figure.NPR", number(figures.at("/parts")));
    row(out, "figure.NPB", number(figures.at("/good")));
    row(out, "figure.rejects", number(figures.at("/scrap")));
  }

  private void heading(PrintWriter out, String key) {
    out.printf("%n%s%n", say(key));
  }

  private void row(PrintWriter out, String key, String value) {
    out.printf("  %-52s %14s%n", say(key), value);
  }

  private String say(String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }

  private String time(JsonNode instant) {
    return when.format(Instant.parse(instant.asString()));
  }

  private String percent(JsonNode ratio) {
    return ratio.isNumber() ? decimal(ratio.asDouble() * 100, 1) + " %" : "–";
  }

  private String number(JsonNode number) {
    return number.isNumber() ? decimal(number.asDouble(), 0) : "–";
  }

  private String decimal(double value, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }

  private static String length(JsonNode seconds) {
    if (!seconds.isNumber()) {
      return "–";
    }
    Duration length = Duration.ofMillis(Math.round(seconds.asDouble() * 1_000));
    return length.toHours() >= 1
        ? "%d h %02d min".formatted(length.toHours(), length.toMinutesPart())
        : "%d min %02d s".formatted(length.toMinutesPart(), length.toSecondsPart());
  }
}
