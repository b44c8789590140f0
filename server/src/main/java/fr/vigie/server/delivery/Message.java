package fr.vigie.server.delivery;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that one recipient is told.
 *
 * @param id the same at every try, so that a receiver can drop what it has
 * @param kind what it is about, such as {@code raised}
 * @param title one line
 * @param data the same for programs
 * @param tries how often it was tried
 * @param nextTry not before this
 * @param settled when it left the queue
 * @param lastTrouble why the last try failed, or what it became part of
 */
public record Message(
    String id,
    String recipient,
    String kind,
    String title,
    String body,
    Map<String, Object> data,
    Instant created,
    State state,
    int tries,
    Instant nextTry,
    @Nullable Instant settled,
    @Nullable String lastTrouble) {

  /** Where a message stands. */
  public enum State {
    WAITING,
    SENT,
    /** Part of a digest that went in its place. */
    GATHERED,
    /** Tried for as long as the settings say, and never delivered. */
    GIVEN_UP;

    /** As in the interface. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Optional<String> trouble() {
    return Optional.ofNullable(lastTrouble);
  }

  public Optional<Instant> settledAt() {
    return Optional.ofNullable(settled);
  }
}
