package fr.vigie.server.delivery;

import fr.vigie.server.delivery.Message.State;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.time.Nanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queue of messages in {@code plant.db}: one is durable when {@link #add} returns, or with the
 * transaction that it is part of. Safe for use by several threads.
 */
@Component
public class Outgoing {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final Duration KEPT = Duration.ofDays(90);

  private final PlantDatabase database;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();

  public Outgoing(PlantDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A new message that waits. */
  public Message add(
      String recipient, String kind, String title, String body, Map<String, Object> data) {
    Instant now = clock.instant();
    Message message =
        new Message(
            UUID.randomUUID().toString(),
            recipient,
            kind,
            title,
            body,
            data,
            now,
            State.WAITING,
            0,
            now,
            null,
            null);
    database
        .client()
        .sql("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL, NULL)")
        .params(
            message.id(),
            recipient,
            kind,
            title,
            body,
            json.writeValueAsString(data),
            Nanos.of(now),
            State.WAITING.name(),
            Nanos.of(now))
        .update();
    return message;
  }

  public Optional<Message> message(String id) {
    return database
        .client()
        .sql("SELECT * FROM message WHERE id = ?")
        .param(id)
        .query(this::read)
        .optional();
  }

  /** The newest first. */
  public List<Message> list(Optional<State> state, int limit) {
    String where = state.map(it -> "WHERE state = '" + it.name() + "' ").orElse("");
    return database
        .client()
        .sql("SELECT * FROM message " + where + "ORDER BY created_at DESC, rowid DESC LIMIT ?")
        .param(limit)
        .query(this::read)
        .list();
  }

  /** All that wait, due or not, the oldest first. */
  List<Message> waiting() {
    return database
        .client()
        .sql("SELECT * FROM message WHERE state = 'WAITING' ORDER BY created_at, rowid")
        .query(this::read)
        .list();
  }

  /** How many went to a recipient since an instant. */
  int sentSince(String recipient, Instant instant) {
    return database
        .client()
        .sql(
            "SELECT count(*) FROM message WHERE state = 'SENT' AND recipient = ? AND settled_at > ?")
        .params(recipient, Nanos.of(instant))
        .query(Integer.class)
        .single();
  }

  void sent(Message message) {
    settle(message, State.SENT, message.tries() + 1, null);
  }

  void givenUp(Message message, String trouble) {
    settle(message, State.GIVEN_UP, message.tries(), trouble);
  }

  void failed(Message message, String trouble, Instant nextTry) {
    database
        .client()
        .sql("UPDATE message SET tries = tries + 1, next_try = ?, trouble = ? WHERE id = ?")
        .params(Nanos.of(nextTry), trouble, message.id())
        .update();
  }

  /** One message in place of several. */
  Message gather(List<Message> several, String title, String body, Map<String, Object> data) {
    Message[] digest = new Message[1];
    database.together(
        () -> {
          Message one = add(several.get(0).recipient(), "digest", title, body, data);
          several.forEach(it -> settle(it, State.GATHERED, it.tries(), one.id()));
          digest[0] = one;
        });
    return digest[0];
  }

  /** Drops what was settled long ago. */
  void forgetOld() {
    database
        .client()
        .sql("DELETE FROM message WHERE settled_at < ?")
        .param(Nanos.of(clock.instant().minus(KEPT)))
        .update();
  }

  private void settle(Message message, State state, int tries, @Nullable String trouble) {
    database
        .client()
        .sql("UPDATE message SET state = ?, tries = ?, settled_at = ?, trouble = ? WHERE id = ?")
        .param(state.name())
        .param(tries)
        .param(Nanos.of(clock.instant()))
        .param(trouble)
        .param(message.id())
        .update();
  }

  private Message read(ResultSet row, int number) throws SQLException {
    long settled = row.getLong("settled_at");
    return new Message(
        row.getString("id"),
        row.getString("recipient"),
        row.getString("kind"),
        row.getString("title"),
        row.getString("body"),
        json.readValue(row.getString("data"), TREE),
        Nanos.instant(row.getLong("created_at")),
        State.valueOf(row.getString("state")),
        row.getInt("tries"),
        Nanos.instant(row.getLong("next_try")),
        settled == 0 ? null : Nanos.instant(settled),
        row.getString("trouble"));
  }
}
