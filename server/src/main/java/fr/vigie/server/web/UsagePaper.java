package fr.vigie.server.web;

import fr.vigie.production.MachineState;
import fr.vigie.server.report.Pdf;
import fr.vigie.time.Span;
import fr.vigie.usage.Chain;
import fr.vigie.usage.Entry;
import fr.vigie.usage.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** What was used under a contract, on paper. */
@Component
final class UsagePaper {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");

  private final SpringTemplateEngine templates;
  private final MessageSource messages;

  UsagePaper(SpringTemplateEngine templates, MessageSource messages) {
    this.templates = templates;
    this.messages = messages;
  }

  /**
   * @param cells hours in each state, then cycles, parts and kWh
   */
  public record Row(String what, List<String> cells) {}

  /** An entry that replaces an earlier one. */
  public record Correction(String sequence, String corrected, String day, String recorded) {}

  byte[] of(Chain chain, ZoneId zone, Locale locale) throws IOException {
    Wording words = new Wording(messages, locale, zone);
    Span period = chain.contract().period();
    Context context = new Context(locale);
    context.setVariable("contract", chain.contract());
    context.setVariable(
        "period",
        MINUTE.format(period.start().atZone(zone))
            + " – "
            + MINUTE.format(period.end().atZone(zone))
            + " ("
            + zone.getId()
            + ')');
    context.setVariable(
        "states",
        Stream.of(MachineState.values())
            .map(state -> words.say("state." + FiguresView.name(state)))
            .toList());
    context.setVariable("total", row(words.say("usage.total"), chain.total(), words));
    context.setVariable(
        "days",
        chain.inForce().stream()
            .map(entry -> row(day(entry.span().start(), zone), entry.quantities(), words))
            .toList());
    context.setVariable(
        "corrections",
        chain.entries().stream()
            .filter(entry -> entry.corrects().isPresent())
            .map(entry -> correction(entry, zone))
            .toList());
    context.setVariable("entries", chain.entries().size());
    context.setVariable("head", chain.head());
    context.setVariable("whole", chain.verify().isEmpty());
    return Pdf.of(templates.process("usage", context));
  }

  private static Row row(String what, Quantities used, Wording words) {
    Stream<String> hours =
        Stream.of(MachineState.values()).map(state -> hours(used.time(state), words));
    Stream<String> others =
        Stream.of(whole(used.cycles(), words), whole(used.parts(), words), energy(used, words));
    return new Row(what, Stream.concat(hours, others).toList());
  }

  private static String hours(Duration time, Wording words) {
    return words.fixed(time.toMillis() / 3.6e6, 2);
  }

  private static String whole(OptionalLong number, Wording words) {
    return number.isPresent() ? words.number(number.getAsLong(), 0) : "–";
  }

  private static String energy(Quantities used, Wording words) {
    return used.wattHours().isPresent() ? words.fixed(used.wattHours().getAsLong() / 1e3, 3) : "–";
  }

  private static Correction correction(Entry entry, ZoneId zone) {
    return new Correction(
        Long.toString(entry.sequence()),
        Long.toString(entry.corrects().orElseThrow()),
        day(entry.span().start(), zone),
        MINUTE.format(entry.recorded().atZone(zone)));
  }

  private static String day(Instant instant, ZoneId zone) {
    return DAY.format(instant.atZone(zone));
  }
}
