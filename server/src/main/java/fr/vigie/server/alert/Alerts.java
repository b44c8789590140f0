package fr.vigie.server.alert;

import fr.vigie.condition.Alarm;
import fr.vigie.server.alert.Alert.Acknowledgement;
import fr.vigie.server.alert.Alert.State;
import fr.vigie.server.diagnosis.TooMuch;
import fr.vigie.server.settings.AlertSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Judges every rule, keeps what comes of it, and has it told. A change and the messages about it
 * are durable together or not at all. {@link #step} is called by one thread, the rest by any.
 */
@Component
public class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final Duration KEPT = Duration.ofDays(400);

  /** A backlog that has not brought anything for so long is taken to be through. */
  private static final Duration PAST_PAUSES = Duration.ofMinutes(2);

  private static final Duration PAST_WAITS = Duration.ofMinutes(30);

  private final Rules rules;
  private final Facts facts;
  private final Register register;
  private final Herald herald;
  private final AlertSettings settings;
  private final InstantSource clock;
  private final Map<Pair, Verdict> verdicts = new HashMap<>();
  private final Map<Pair, String> troubles = new HashMap<>();

  private record Pair(Rule rule, String subject) {}

  Alerts(
      Rules rules,
      Facts facts,
      Register register,
      Herald herald,
      AlertSettings settings,
      InstantSource clock) {
    this.rules = rules;
    this.facts = facts;
    this.register = register;
    this.herald = herald;
    this.settings = settings;
    this.clock = clock;
  }

  /** By their beginning, the newest first. */
  public List<Alert> list(Optional<State> state, int limit) {
    return register.list(state, limit);
  }

  public Optional<Alert> alert(String id) {
    return register.alert(id);
  }

  /**
   * Somebody has seen an alert that was raised.
   *
   * @param by who
   * @param note may be empty
   * @return the alert; empty when it is only pending, or was acknowledged before
   */
  public Optional<Alert> acknowledge(String id, String by, String note) {
    Acknowledgement acknowledgement = new Acknowledgement(clock.instant(), by, note);
    synchronized (register) {
      Optional<Alert> seen =
          register
              .alert(id)
              .filter(it -> it.state() != State.PENDING && it.acknowledgement().isEmpty())
              .map(it -> it.acknowledged(acknowledgement));
      seen.ifPresent(register::put);
      return seen;
    }
  }

  /** Judges all rules once. */
  void step() {
    Instant now = clock.instant();
    List<Rule> all = rules.rules();
    Map<String, Alert> open = new HashMap<>();
    register.open().forEach(it -> open.put(key(it.rule(), it.subject()), it));
    Set<String> asked = new HashSet<>();
    Set<Pair> pairs = new HashSet<>();
    for (Rule rule : all) {
      for (String subject : facts.subjects(rule)) {
        Pair pair = new Pair(rule, subject);
        pairs.add(pair);
        asked.add(key(rule.name(), subject));
        judge(pair, Optional.ofNullable(open.get(key(rule.name(), subject))), now);
      }
    }
    facts.endOfRound();
    verdicts.keySet().retainAll(pairs);
    troubles.keySet().retainAll(pairs);
    open.forEach((key, alert) -> end(key, alert, asked, all, now));
    tellPast(all, now);
  }

  void forgetOld() {
    register.forgetBefore(clock.instant().minus(KEPT));
  }

  private void judge(Pair pair, Optional<Alert> open, Instant now) {
    Rule rule = pair.rule();
    try {
      List<Turn> turns = facts.turns(rule, pair.subject(), open, now);
      Verdict verdict = Verdict.of(seed(open, turns), rule.holding(), turns, now);
      troubles.remove(pair);
      boolean waits = !rule.lasting().quiet().isZero();
      if (waits || !verdict.equals(verdicts.get(pair))) {
        enter(pair, verdict, now);
        verdicts.put(pair, verdict);
      }
    } catch (IOException | IllegalArgumentException | TooMuch e) {
      String trouble = String.valueOf(e.getMessage());
      if (!trouble.equals(troubles.put(pair, trouble))) {
        LOG.warn("rule {} cannot be judged for {}: {}", rule.name(), pair.subject(), trouble);
      }
    }
  }

  /** What was raised before the first turn is on until a turn says otherwise. */
  private static Alarm seed(Optional<Alert> open, List<Turn> turns) {
    Optional<Alert> on = open.filter(it -> it.state().isOn());
    Optional<Instant> raised = on.flatMap(Alert::raisedAt);
    boolean before =
        raised.isPresent() && (turns.isEmpty() || !raised.get().isAfter(turns.get(0).at()));
    return before ? new Alarm.Raised(on.orElseThrow().since(), raised.orElseThrow()) : Alarm.NONE;
  }

  private void enter(Pair pair, Verdict verdict, Instant now) {
    Rule rule = pair.rule();
    Instant since =
        verdict.episodes().stream()
            .findFirst()
            .map(Verdict.Episode::since)
            .filter(it -> it.isBefore(now))
            .orElse(now)
            .minus(rule.lasting().quiet())
            .minus(Facts.LOOK_BACK);
    Comparison comparison =
        new Comparison(
            rule, pair.subject(), now, settings.late(), () -> UUID.randomUUID().toString());
    synchronized (register) {
      List<Comparison.Change> changes =
          comparison.of(register.of(rule.name(), pair.subject(), since), verdict);
      if (!changes.isEmpty()) {
        register.together(() -> changes.forEach(change -> enter(rule, change)));
      }
    }
  }

  private void enter(Rule rule, Comparison.Change change) {
    if (change instanceof Comparison.Change.Drop drop) {
      register.drop(drop.alert());
      return;
    }
    Alert alert = ((Comparison.Change.Put) change).alert();
    Optional<State> before = register.alert(alert.id()).map(Alert::state);
    register.put(alert);
    if (before.filter(State::isOn).isPresent()) {
      herald.cleared(rule, alert);
    } else if (alert.state().isOn() || alert.state() == State.CLEARED) {
      herald.raised(rule, alert);
    }
  }

  /** An alert whose rule or machine is no more. */
  private void end(String key, Alert alert, Set<String> asked, List<Rule> all, Instant now) {
    if (asked.contains(key)) {
      return;
    }
    boolean ofAgents =
        all.stream()
            .filter(rule -> rule.name().equals(alert.rule()))
            .anyMatch(rule -> rule.condition().isOfAgents() && rule.concerns(alert.subject()));
    if (ofAgents) {
      return; // The agent has not been heard since the start; nothing is known of it.
    }
    synchronized (register) {
      if (alert.state() == State.PENDING) {
        register.drop(alert);
      } else {
        register.alert(alert.id()).map(it -> it.clearedAt(now)).ifPresent(register::put);
      }
    }
  }

  private void tellPast(List<Rule> all, Instant now) {
    List<Alert> untold = register.untold();
    if (untold.isEmpty()) {
      return;
    }
    Instant newest = untold.stream().map(Alert::recorded).max(Instant::compareTo).orElse(now);
    Instant oldest = untold.stream().map(Alert::recorded).min(Instant::compareTo).orElse(now);
    if (newest.plus(PAST_PAUSES).isAfter(now) && oldest.plus(PAST_WAITS).isAfter(now)) {
      return;
    }
    register.together(
        () -> {
          herald.past(untold, all);
          register.told(untold);
        });
  }

  private static String key(String rule, String subject) {
    return rule + ' ' + subject;
  }
}
