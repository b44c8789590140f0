package fr.vigie.server.alert;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One time that a rule's condition held.
 *
 * @param subject the machine or the agent
 * @param since when the condition began to hold, by the time of the samples
 * @param raised when it had held for long enough; null while pending
 * @param cleared when it was over
 * @param recorded when the server learnt of it
 * @param told whether whom it concerns has been told that it was raised
 */
public record Alert(
    String id,
    String rule,
    String subject,
    String severity,
    State state,
    Instant since,
    @Nullable Instant raised,
    @Nullable Instant cleared,
    @Nullable Acknowledgement acknowledged,
    Instant recorded,
    boolean told) {

  /**
   * @param note may be empty
   */
  public record Acknowledgement(Instant at, String by, String note) {}

  /** Where an alert stands. */
  public enum State {
    PENDING,
    RAISED,
    ACKNOWLEDGED,
    CLEARED,
    /** It was over before the server could know of it. */
    PAST;

    /** As in the interface. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOn() {
      return this == RAISED || this == ACKNOWLEDGED;
    }
  }

  public Optional<Instant> raisedAt() {
    return Optional.ofNullable(raised);
  }

  public Optional<Instant> clearedAt() {
    return Optional.ofNullable(cleared);
  }

  public Optional<Acknowledgement> acknowledgement() {
    return Optional.ofNullable(acknowledged);
  }

  Alert clearedAt(Instant at) {
    return new Alert(
        id,
        rule,
        subject,
        severity,
        State.CLEARED,
        since,
        raised,
        at,
        acknowledged,
        recorded,
        told);
  }

  Alert acknowledged(Acknowledgement by) {
    State next = state == State.RAISED ? State.ACKNOWLEDGED : state;
    return new Alert(id, rule, subject, severity, next, since, raised, cleared, by, recorded, told);
  }
}
