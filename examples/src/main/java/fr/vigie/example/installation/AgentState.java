package fr.vigie.example.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an agent's status file said when it was read. */
public final class AgentState {
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode status;

  private AgentState(JsonNode status) {
    this.status = status;
  }

  /** Reads {@code status.json} of an agent's data folder; empty while there is none. */
  public static Optional<AgentState> read(Path data) throws IOException {
    try {
      return Optional.of(parse(Files.readString(data.resolve("status.json"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static AgentState parse(String json) throws IOException {
    try {
      return new AgentState(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new IOException("the agent's status cannot be read: " + e.getMessage(), e);
    }
  }

  /** When the agent wrote it. */
  public Instant at() {
    return Instant.parse(status.path("at").asString(""));
  }

  /** Whether the server has acknowledged everything that the agent accepted. */
  public boolean isDrained() {
    return status.path("pendingBatches").asLong(-1) == 0;
  }

  public boolean isConnected() {
    return status.path("link").path("connected").asBoolean(false);
  }

  /** Since when the link is up or down. */
  public Instant linkSince() {
    return Instant.parse(status.path("link").path("since").asString(""));
  }

  /** Batches that the server has not acknowledged. */
  public long pending() {
    return status.path("pendingBatches").asLong(-1);
  }

  /** Why the outbox cannot be written; empty when it can. */
  public String storageProblem() {
    return status.path("outbox").path("problem").asString("");
  }

  /** Whether a text stands anywhere in what the agent says. */
  public boolean mentions(String part) {
    return status.toString().contains(part);
  }

  public boolean isReading(String sensor) {
    return sensor(sensor).path("state").asString("").equals("running");
  }

  /** Lines or messages that a sensor has read since the agent started. */
  public long lines(String sensor) {
    return sensor(sensor).path("lines").asLong(0);
  }

  /** Samples that a sensor has handed on since the agent started. */
  public long accepted(String sensor) {
    return sensor(sensor).path("accepted").asLong(0);
  }

  public long rejected(String sensor) {
    return sensor(sensor).path("rejected").asLong(0);
  }

  /** What is wrong with the link, the outbox or a sensor, for people; empty when nothing is. */
  public String problem() {
    StringBuilder problem = new StringBuilder(status.path("link").path("problem").asString(""));
    List<JsonNode> others = new ArrayList<>(List.of(status.path("outbox")));
    status.path("sensors").forEach(others::add);
    for (JsonNode other : others) {
      String one = other.path("problem").asString("");
      if (!one.isEmpty()) {
        problem.append(problem.isEmpty() ? "" : "; ").append(one);
      }
    }
    return problem.toString();
  }

  private JsonNode sensor(String name) {
    return status.path("sensors").path(name);
  }
}
