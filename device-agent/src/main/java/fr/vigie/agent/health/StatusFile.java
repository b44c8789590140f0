package fr.vigie.agent.health;

import fr.vigie.link.CourierStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The agent's state as a JSON file, replaced as a whole. Under systemd it lives in the runtime
 * directory, in memory; elsewhere in the data folder. It is never forced to the disk.
 */
public final class StatusFile {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  public StatusFile(Path file) {
    this.file = file;
  }

  public Path path() {
    return file;
  }

  public void write(AgentStatus status) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(fresh);
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("agent", status.agent());
      json.writeStringProperty("site", status.site());
      json.writeStringProperty("at", status.at().toString());
      json.writeStringProperty("started", status.started().toString());
      courier(json, status.courier());
      json.writeObjectPropertyStart("sensors");
      for (SensorStatus sensor : status.sensors()) {
        sensor(json, sensor);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void courier(JsonGenerator json, CourierStatus courier) {
    json.writeStringProperty("epoch", Long.toHexString(courier.epoch()));
    json.writeObjectPropertyStart("link");
    json.writeBooleanProperty("connected", courier.connected());
    json.writeStringProperty("broker", courier.broker());
    json.writeStringProperty("since", courier.since().toString());
    json.writeStringProperty("problem", courier.problem());
    json.writeEndObject();
    json.writeNumberProperty("lastSequence", courier.lastSequence());
    json.writeNumberProperty("acknowledged", courier.acknowledged());
    json.writeNumberProperty("pendingBatches", courier.waiting());
    json.writeObjectPropertyStart("outbox");
    json.writeNumberProperty("bytes", courier.outboxBytes());
    json.writeNumberProperty("records", courier.outboxRecords());
    json.writeStringProperty("problem", courier.storageProblem());
    json.writeEndObject();
    json.writeNumberProperty("losses", courier.losses());
    json.writeNumberProperty("refused", courier.refused());
  }

  private static void sensor(JsonGenerator json, SensorStatus sensor) {
    json.writeObjectPropertyStart(sensor.sensor());
    json.writeStringProperty("state", sensor.running() ? "running" : "waiting");
    json.writeStringProperty("since", sensor.since().toString());
    json.writeStringProperty("problem", sensor.problem());
    json.writeNumberProperty("lines", sensor.read());
    json.writeNumberProperty("accepted", sensor.accepted());
    json.writeNumberProperty("ignored", sensor.ignored());
    json.writeNumberProperty("rejected", sensor.rejected());
    json.writeEndObject();
  }
}
