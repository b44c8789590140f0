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
import java.util.Map;
import org.springframework.context.MessageSource;
import tools.jackson.databind.JsonNode;

/** A diagnosis as a page of text: what to do first, then the figures that it follows from. */
final class DiagnosisText {
  private static final List<String> RATES = List.of("TRS", "TRG", "TRE", "DO", "TP", "TQ");
  private static final List<String> TIMES = List.of("tT", "tO", "tR", "tF", "tN", "tU");
  private static final int WIDTH = 58;
  private static final int MOST_BARS = 10;
  private static final int MOST_SHIFTS = 42;
  private static final int MOST_HOLES = 5;

  private final MessageSource messages = new Messages().messageSource();
  private final Locale locale;
  private final PrintWriter out;

  DiagnosisText(Locale locale, PrintWriter out) {
    this.locale = locale;
    this.out = out;
  }

  void print(JsonNode diagnosis) {
    DateTimeFormatter when =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(ZoneId.of(diagnosis.at("/zone").asString()));
    out.printf(
        "%s (%s)%n%s – %s, %s%n",
        diagnosis.at("/label").asString(),
        diagnosis.at("/machine").asString(),
        time(when, diagnosis.at("/from")),
        time(when, diagnosis.at("/to")),
        diagnosis.at("/zone").asString());
    heading("diagnose.findings");
    int number = 1;
    for (JsonNode finding : diagnosis.at("/findings")) {
      out.printf("  %d. %s%n", number++, finding.at("/text").asString());
    }
    if (number == 1) {
      out.println("  " + say("diagnose.nothing"));
    }
    figures(diagnosis.at("/figures"));
    losses(diagnosis.at("/losses"));
    cycles(diagnosis.at("/cycles/products"));
    energy(diagnosis.at("/energy"));
    condition(diagnosis.at("/condition/signals"));
    shifts(when, diagnosis.at("/shifts"));
    holes(when, diagnosis.at("/figures/coverage/holes"));
  }

  private void figures(JsonNode figures) {
    heading("diagnose.rates");
    RATES.forEach(rate -> row(say("figure." + rate), percent(figures.at('/' + rate + "/ratio"))));
    row(say("figure.coverage"), percent(figures.at("/coverage/ratio")));
    heading("diagnose.times");
    TIMES.forEach(name -> row(say("figure." + name), length(figures.at("/times/" + name))));
    row(say("figure.stops"), length(figures.at("/stops/seconds")));
    row(say("figure.micro-stops"), length(figures.at("/microStops/seconds")));
    heading("diagnose.parts");
    row(say("figure.NPR"), number(figures.at("/parts"), 0));
    row(say("figure.NPB"), number(figures.at("/good"), 0));
    row(say("diagnose.rejects"), number(rejects(figures.at("/rejected")), 0));
  }

  private static double rejects(JsonNode rejected) {
    return rejected.at("/scrap").asDouble()
        + rejected.at("/startUp").asDouble()
        + rejected.at("/rework").asDouble();
  }

  private void losses(JsonNode losses) {
    heading("diagnose.losses");
    for (Map.Entry<String, JsonNode> loss : losses.at("/losses").properties()) {
      row(say("figure.loss-" + loss.getKey()), lost(loss.getValue()));
    }
    row(say("diagnose.unexplained"), lost(losses.at("/unexplained")));
    row(say("figure.unobserved"), lost(losses.at("/unobserved")));
    row(say("diagnose.mtbf"), length(losses.at("/reliability/mtbfSeconds")));
    row(say("diagnose.mttr"), length(losses.at("/reliability/mttrSeconds")));
    heading("diagnose.pareto");
    int bars = 0;
    for (JsonNode bar : losses.at("/pareto/bars")) {
      if (bars++ == MOST_BARS) {
        break;
      }
      String label =
          bar.at("/label").isNull() ? say("diagnose.unknown") : bar.at("/label").asString();
      row(label + " × " + number(bar.at("/count"), 0), lost(bar.at("/lost")));
    }
  }

  private void cycles(JsonNode products) {
    if (products.isEmpty()) {
      return;
    }
    heading("diagnose.cycles");
    for (JsonNode product : products) {
      String name =
          product.at("/product").isNull()
              ? say("diagnose.parts")
              : product.at("/product").asString();
      JsonNode reference = product.at("/referenceSeconds");
      row(
          name + " × " + number(product.at("/count"), 0),
          say(
              reference.isNull() ? "diagnose.cycle_alone" : "diagnose.cycle",
              number(product.at("/spread/medianSeconds"), 1),
              number(reference, 1)));
    }
  }

  private void energy(JsonNode energy) {
    if (!energy.isObject()) {
      return;
    }
    heading("diagnose.energy");
    JsonNode coverage = energy.at("/total/coverage");
    boolean known = coverage.asDouble(0) > 0;
    row(say("diagnose.used"), known ? energy(energy.at("/total/kilowattHours"), 1) : "–");
    row(say("diagnose.idle"), known ? energy(energy.at("/idle/kilowattHours"), 1) : "–");
    row(say("diagnose.per_part"), known ? energy(energy.at("/perGoodPart/ratio"), 3) : "–");
    row(say("figure.energy-coverage"), percent(coverage));
  }

  private String energy(JsonNode kilowattHours, int decimals) {
    return kilowattHours.isNumber() ? number(kilowattHours, decimals) + " kWh" : "–";
  }

  private void condition(JsonNode signals) {
    if (signals.isEmpty()) {
      return;
    }
    heading("diagnose.condition");
    for (JsonNode signal : signals) {
      JsonNode zone = signal.at("/vibration/zone");
      row(
          signal.at("/label").asString(),
          number(signal.at("/value"), 2)
              + (zone.isString() ? " (" + say("diagnose.zone", zone.asString()) + ')' : ""));
    }
  }

  private void shifts(DateTimeFormatter when, JsonNode shifts) {
    if (shifts.isEmpty()) {
      return;
    }
    heading("diagnose.shifts");
    int printed = 0;
    for (JsonNode shift : shifts) {
      if (printed++ == MOST_SHIFTS) {
        out.println("  " + say("diagnose.more", shifts.size() - MOST_SHIFTS));
        break;
      }
      row(
          time(when, shift.at("/from")) + ' ' + shift.at("/name").asString(),
          percent(shift.at("/trs"))
              + (shift.at("/remarks").isEmpty() ? "" : " (" + say("diagnose.doubtful") + ')'));
    }
  }

  private void holes(DateTimeFormatter when, JsonNode holes) {
    if (holes.isEmpty()) {
      return;
    }
    heading("diagnose.holes");
    int printed = 0;
    for (JsonNode hole : holes) {
      if (printed++ == MOST_HOLES) {
        out.println("  " + say("diagnose.more", holes.size() - MOST_HOLES));
        break;
      }
      row(
          time(when, hole.at("/from"))
              + ' '
              + hole(hole.at("/reason").asString(), hole.at("/source").asString()),
          length(hole.at("/seconds")));
    }
  }

  private void heading(String key) {
    out.printf("%n%s%n", say(key));
  }

  private void row(String name, String value) {
    out.printf("  %-" + WIDTH + "s %s%n", name, value);
  }

  private String hole(String reason, String source) {
    return say("hole." + reason.replace('-', '_'), source.equals("*") ? "" : source).strip();
  }

  private String say(String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }

  private static String time(DateTimeFormatter when, JsonNode instant) {
    return when.format(Instant.parse(instant.asString()));
  }

  private String lost(JsonNode lost) {
    if (!lost.isObject()) {
      return "–";
    }
    JsonNode cost = lost.at("/cost");
    String money =
        cost.isObject()
            ? ", " + number(cost.at("/amount"), 2) + ' ' + cost.at("/currency").asString()
            : "";
    return length(lost.at("/seconds")) + money;
  }

  private String percent(JsonNode ratio) {
    return ratio.isNumber() ? number(ratio.asDouble() * 100, 1) + " %" : "–";
  }

  private String number(JsonNode number, int decimals) {
    return number.isNumber() ? number(number.asDouble(), decimals) : "–";
  }

  private String number(double value, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value).replace('-', '−');
  }

  private static String length(JsonNode seconds) {
    if (!seconds.isNumber()) {
      return "–";
    }
    Duration length = Duration.ofMillis(Math.round(seconds.asDouble() * 1_000));
    if (length.isNegative()) {
      return "−" + length(length.negated());
    }
    return length(length);
  }

  private static String length(Duration length) {
    return length.toHours() >= 1
        ? "%d h %02d min".formatted(length.toHours(), length.toMinutesPart())
        : "%d min %02d s".formatted(length.toMinutesPart(), length.toSecondsPart());
  }
}
