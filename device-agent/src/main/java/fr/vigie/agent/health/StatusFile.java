package fr.vigie.agent.health;

import fr.vigie.agent.driver.Finding;
import fr.vigie.link.CourierStatus;
import fr.vigie.time.ClockState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
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
      json.writeNumberProperty("pid", ProcessHandle.current().pid());
      json.writeStringProperty("at", status.at().toString());
      json.writeStringProperty("started", status.started().toString());
      json.writeArrayPropertyStart("attention");
      for (String words : status.attention()) {
        json.writeString(words);
      }
      json.writeEndArray();
      clock(json, status.clock());
      courier(json, status.courier(), status.fill());
      json.writeObjectPropertyStart("sensors");
      for (SensorStatus sensor : status.sensors()) {
        sensor(json, sensor);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void clock(JsonGenerator json, ClockState clock) {
    json.writeObjectPropertyStart("clock");
    json.writeStringProperty("source", clock.source().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("since", clock.since().toString());
    seconds(json, "uncertainty", clock.uncertainty());
    seconds(json, "correction", clock.correction());
    clock.server().ifPresent(off -> seconds(json, "serverAhead", off));
    json.writeNumberProperty("steps", clock.steps());
    clock
        .lastStep()
        .ifPresent(
            step -> {
              seconds(json, "lastStep", step.by());
              json.writeStringProperty("lastStepAt", step.at().toString());
            });
    json.writeEndObject();
  }

  private static void seconds(JsonGenerator json, String name, Duration length) {
    json.writeNumberProperty(name, length.toMillis() / 1e3);
  }

  private static void courier(JsonGenerator json, CourierStatus courier, Fill fill) {
    json.writeStringProperty("epoch", Long.toHexString(courier.epoch()));
    json.writeObjectPropertyStart("link");
    json.writeBooleanProperty("connected", courier.connected());
    json.writeStringProperty("broker", courier.broker());
    json.writeStringProperty("since", courier.since().toString());
    json.writeStringProperty("problem", courier.problem());
    json.writeEndObject();
    json.writeNumberProperty("lastSequence", courier.lastSequence());
    json.writeNumberProperty("acknowledged", courier.acknowledged());
    courier
        .lastAcknowledged()
        .ifPresent(at -> json.writeStringProperty("lastAcknowledged", at.toString()));
    json.writeNumberProperty("pendingBatches", courier.waiting());
    json.writeObjectPropertyStart("outbox");
    json.writeNumberProperty("bytes", courier.outboxBytes());
    json.writeNumberProperty("records", courier.outboxRecords());
    json.writeNumberProperty("limit", fill.limit());
    fill.bytesAnHour().ifPresent(bytes -> json.writeNumberProperty("bytesAnHour", (long) bytes));
    fill.hoursLeft()
        .ifPresent(hours -> json.writeNumberProperty("hoursLeft", Math.round(hours * 10) / 10.0));
    json.writeStringProperty("problem", courier.storageProblem());
    json.writeEndObject();
    json.writeNumberProperty("losses", courier.losses());
    json.writeObjectPropertyStart("lossesBy");
    courier.lossesBy().forEach((reason, count) -> json.writeNumberProperty(reason.name(), count));
    json.writeEndObject();
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
    json.writeObjectPropertyStart("calibrations");
    sensor.calibrations().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeArrayPropertyStart("findings");
    for (Finding finding : sensor.findings()) {
      json.writeStartObject();
      json.writeBooleanProperty("fine", finding.fine());
      json.writeStringProperty("words", finding.words());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
