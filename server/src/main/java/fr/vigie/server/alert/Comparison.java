package fr.vigie.server.alert;

import fr.vigie.server.alert.Alert.State;
import fr.vigie.server.alert.Verdict.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a verdict changes about the alerts that are on record. An episode that shares time with an
 * alert is that alert, whatever late samples did to its borders, so that the same verdict twice, or
 * after a restart, changes nothing; one that goes on is never one that was cleared.
 */
final class Comparison {
  private final Rule rule;
  private final String subject;
  private final Instant now;
  private final Duration late;
  private final Supplier<String> ids;
  private final List<Change> changes = new ArrayList<>();

  /**
   * @param late an episode that was raised longer ago, and is over, is past
   * @param ids of new alerts
   */
  Comparison(Rule rule, String subject, Instant now, Duration late, Supplier<String> ids) {
    this.rule = rule;
    this.subject = subject;
    this.now = now;
    this.late = late;
    this.ids = ids;
  }

  /** One change of the record. */
  sealed interface Change {
    /** To be written in place of what has its id, if anything has. */
    record Put(Alert alert) implements Change {}

    /** A pending or a past one came to nothing. */
    record Drop(Alert alert) implements Change {}
  }

  /**
   * @param known alerts of the rule and the subject, at least those that the verdict's time touches
   *     and those raised in the quiet time before it
   */
  List<Change> of(List<Alert> known, Verdict verdict) {
    Optional<Alert> pending = known.stream().filter(it -> it.state() == State.PENDING).findFirst();
    List<Alert> drafts = new ArrayList<>(known);
    drafts.removeIf(it -> !isDraft(it));
    List<Alert> alerts = new ArrayList<>(known);
    alerts.removeIf(it -> it.state() == State.PENDING || isDraft(it));
    Optional<Alert> unused = pending;
    for (Episode episode : verdict.episodes()) {
      if (isOurs(episode) && alerts.stream().noneMatch(it -> shareTime(it, episode))) {
        Optional<Alert> used = episode.goesOn() ? pending : Optional.empty();
        Optional<Alert> fresh = fresh(episode, alerts, used);
        if (fresh.isPresent()) {
          alerts.add(fresh.get());
          unused = episode.goesOn() ? Optional.empty() : unused;
          if (!drafts.removeIf(it -> isSame(it, fresh.get()))) {
            changes.add(new Change.Put(fresh.get()));
          }
        }
      }
    }
    drafts.forEach(it -> changes.add(new Change.Drop(it)));
    known.stream().filter(it -> it.state().isOn()).forEach(it -> end(it, verdict));
    begin(verdict, unused);
    return changes;
  }

  /**
   * While a backlog is coming in, what is past is not certain; nobody has been told of it yet. What
   * is too long ago to be judged again stays.
   */
  private boolean isDraft(Alert alert) {
    return alert.state() == State.PAST
        && !alert.told()
        && alert.since().isAfter(now.minus(Facts.LOOK_BACK));
  }

  private static boolean isSame(Alert draft, Alert fresh) {
    return fresh.state() == State.PAST
        && draft.since().equals(fresh.since())
        && draft.raisedAt().equals(fresh.raisedAt())
        && draft.clearedAt().equals(fresh.clearedAt());
  }

  private boolean isOurs(Episode episode) {
    return episode.goesOn() || !episode.raised().isBefore(rule.since());
  }

  /** A new alert, unless it is over before the quiet time after the one before it. */
  private Optional<Alert> fresh(Episode episode, List<Alert> alerts, Optional<Alert> pending) {
    Instant raised =
        alerts.stream()
            .flatMap(it -> it.raisedAt().stream())
            .filter(it -> !it.isAfter(episode.raised()))
            .max(Comparator.naturalOrder())
            .map(it -> it.plus(rule.lasting().quiet()))
            .filter(quiet -> quiet.isAfter(episode.raised()))
            .orElse(episode.raised());
    Instant ended = episode.ended();
    if (raised.isAfter(now) || ended != null && raised.isAfter(ended)) {
      return Optional.empty();
    }
    boolean past = ended != null && raised.isBefore(now.minus(late));
    State state = past ? State.PAST : ended != null ? State.CLEARED : State.RAISED;
    return Optional.of(
        new Alert(
            pending.map(Alert::id).orElseGet(ids),
            rule.name(),
            subject,
            rule.severity().word(),
            state,
            episode.since(),
            raised,
            ended,
            null,
            now,
            !past));
  }

  /** Ends an alert whose condition does not hold any more; of the last part of it that held. */
  private void end(Alert alert, Verdict verdict) {
    List<Episode> same = verdict.episodes().stream().filter(it -> shareTime(alert, it)).toList();
    if (same.isEmpty()) {
      changes.add(new Change.Put(alert.clearedAt(now)));
      return;
    }
    Instant ended = same.get(same.size() - 1).ended();
    if (ended != null) {
      changes.add(new Change.Put(alert.clearedAt(ended)));
    }
  }

  private void begin(Verdict verdict, Optional<Alert> pending) {
    Optional<Instant> begun = verdict.pendingSince();
    if (begun.isEmpty()) {
      pending.ifPresent(it -> changes.add(new Change.Drop(it)));
    } else if (pending.filter(it -> it.since().equals(begun.get())).isEmpty()) {
      Alert fresh =
          new Alert(
              pending.map(Alert::id).orElseGet(ids),
              rule.name(),
              subject,
              rule.severity().word(),
              State.PENDING,
              begun.get(),
              null,
              null,
              null,
              now,
              false);
      changes.add(new Change.Put(fresh));
    }
  }

  private static boolean shareTime(Alert alert, Episode episode) {
    Instant cleared = alert.cleared();
    Instant ended = episode.ended();
    return (cleared == null || ended != null && !episode.since().isAfter(cleared))
        && (ended == null || !ended.isBefore(alert.since()));
  }
}
