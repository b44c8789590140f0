package fr.vigie.server.alert;

import fr.vigie.condition.Limit;
import fr.vigie.production.MachineState;
import fr.vigie.server.delivery.Outgoing;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.settings.AlertSettings;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts into words what became of alerts, for whom their rules name. Safe for several threads. */
@Component
class Herald {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Outgoing outgoing;
  private final Plant plant;
  private final MessageSource words;
  private final Locale locale;

  Herald(Outgoing outgoing, Plant plant, MessageSource words, AlertSettings settings) {
    this.outgoing = outgoing;
    this.plant = plant;
    this.words = words;
    this.locale = settings.locale();
  }

  /** An alert was raised; it may be over already. */
  void raised(Rule rule, Alert alert) {
    tell(rule, alert, "raised");
  }

  void cleared(Rule rule, Alert alert) {
    tell(rule, alert, "cleared");
  }

  /** One message to each recipient about all that is past and concerns him. */
  void past(List<Alert> alerts, List<Rule> rules) {
    Map<String, Rule> byName = rules.stream().collect(Collectors.toMap(Rule::name, rule -> rule));
    Map<String, List<Alert>> mine = new LinkedHashMap<>();
    for (Alert alert : alerts) {
      Rule rule = byName.get(alert.rule());
      if (rule != null) {
        rule.to().forEach(to -> mine.computeIfAbsent(to, key -> new ArrayList<>()).add(alert));
      }
    }
    mine.forEach((to, all) -> past(to, all, byName));
  }

  private void tell(Rule rule, Alert alert, String kind) {
    String title =
        say(
            "message." + kind + ".title",
            label(rule, alert.subject()),
            condition(rule),
            say("severity." + alert.severity()));
    List<String> lines = new ArrayList<>();
    lines.add(say("message." + kind, label(rule, alert.subject()), condition(rule)));
    lines.add(say("message.since", time(alert.since())));
    alert
        .clearedAt()
        .ifPresent(
            at ->
                lines.add(
                    say("message.until", time(at), length(Duration.between(alert.since(), at)))));
    lines.add(say("message.rule", rule.name(), alert.id()));
    String body = String.join("\n", lines);
    rule.to().forEach(to -> outgoing.add(to, kind, title, body, data(rule, alert)));
  }

  private void past(String to, List<Alert> alerts, Map<String, Rule> rules) {
    record Group(String rule, String subject) {}
    Map<Group, List<Alert>> groups =
        alerts.stream()
            .collect(
                Collectors.groupingBy(
                    it -> new Group(it.rule(), it.subject()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<String> lines = new ArrayList<>(List.of(say("message.past")));
    List<Map<String, Object>> data = new ArrayList<>();
    groups.forEach(
        (group, all) -> {
          Rule rule = rules.get(group.rule());
          Instant first = all.get(0).since();
          Instant last = all.get(all.size() - 1).since();
          if (rule != null) {
            lines.add(
                say(
                    "message.past.line",
                    label(rule, group.subject()),
                    condition(rule),
                    all.size(),
                    time(first),
                    time(last)));
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("rule", group.rule());
            tree.put(subjectKey(rule), group.subject());
            tree.put("count", all.size());
            tree.put("first", first.toString());
            tree.put("last", last.toString());
            data.add(tree);
          }
        });
    outgoing.add(
        to,
        "past",
        say("message.past.title", alerts.size()),
        String.join("\n", lines),
        Map.of("count", alerts.size(), "groups", data));
  }

  private static Map<String, Object> data(Rule rule, Alert alert) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("alert", alert.id());
    data.put("rule", alert.rule());
    data.put(subjectKey(rule), alert.subject());
    data.put("severity", alert.severity());
    data.put("state", alert.state().word());
    data.put("since", alert.since().toString());
    alert.raisedAt().ifPresent(at -> data.put("raised", at.toString()));
    alert.clearedAt().ifPresent(at -> data.put("cleared", at.toString()));
    return data;
  }

  private static String subjectKey(Rule rule) {
    return rule.condition().isOfAgents() ? "agent" : "machine";
  }

  private String label(Rule rule, String subject) {
    return rule.condition().isOfAgents()
        ? say("alert.agent", subject)
        : plant.machine(subject).map(Machine::label).orElse(subject);
  }

  /** The condition in words, such as {@code temp above 80 for 5 min}. */
  private String condition(Rule rule) {
    Condition condition = rule.condition();
    String text = "";
    if (condition instanceof Condition.Beyond beyond) {
      text = limit(beyond.signal(), beyond.limit(), number(beyond.limit().limit()));
    } else if (condition instanceof Condition.Says says) {
      text = say("alert.says", says.signal(), says.text());
    } else if (condition instanceof Condition.Missing missing) {
      text = say("alert.missing", missing.signal());
    } else if (condition instanceof Condition.In in) {
      text =
          in.states().stream()
              .sorted()
              .map(MachineState::name)
              .map(name -> say("state." + name.toLowerCase(Locale.ROOT)))
              .collect(Collectors.joining(" / "));
    } else if (condition instanceof Condition.FigureBeyond figure) {
      String percent = number(100 * figure.limit().limit()) + "\u00a0%";
      String name =
          figure.figure() == Figure.COVERAGE ? say("alert.coverage") : figure.figure().word();
      text = limit(name, figure.limit(), percent);
    } else if (condition instanceof Condition.Silent) {
      text = say("alert.silent");
    } else if (condition instanceof Condition.WrongClock) {
      text = say("alert.clock");
    } else if (condition instanceof Condition.Losses) {
      text = say("alert.losses");
    }
    Duration hold = rule.lasting().hold();
    return hold.isZero() ? text : say("alert.for", text, length(hold));
  }

  private String limit(String what, Limit limit, String value) {
    return say(limit.side() == Limit.Side.ABOVE ? "alert.above" : "alert.below", what, value);
  }

  private String number(double number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(6);
    return format.format(number);
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(plant.calendar().zone()));
  }

  private String length(Duration length) {
    if (length.compareTo(Duration.ofMinutes(2)) < 0) {
      return say("alert.seconds", number(length.toMillis() / 1e3));
    }
    return length.compareTo(Duration.ofHours(2)) < 0
        ? say("alert.minutes", length.toMinutes())
        : String.format(
            Locale.ROOT, "%d\u00a0h\u00a0%02d", length.toHours(), length.toMinutesPart());
  }

  private String say(String key, Object... values) {
    return words.getMessage(key, values, locale);
  }
}
