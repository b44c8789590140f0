package fr.vigie.example.fault.message;

import fr.vigie.column.Column;
import fr.vigie.example.messenger.Messenger;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * F30: a newer agent speaks to this server, and this agent finds an outbox of a newer one. There
 * has been one release of the formats so far, so that the later one is made up by its version
 * number.
 */
public final class LaterVersion implements Fault {
  private static final String MACHINE = "newer";
  private static final int VERSION_AT = 8;

  @Override
  public Sheet sheet() {
    return Sheet.of(
        30,
        "another version",
        "Fields that are not known are passed over; a later version of wire or disk is refused with"
            + " a message, and its data stays untouched.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().keys("head: 0"));
    newerAgent(stage, trial);
    trial.server().child().kill();
    stage.pause(Duration.ofSeconds(3));
    trial.agent().close();
    Path segment = stage.folder().resolve("agent/outbox/0001.segment");
    version(segment, 9);
    trial.restartAgent();
    OptionalInt code = trial.agent().awaitEnd(Duration.ofSeconds(60));
    stage.expect(
        code.isPresent() && code.getAsInt() > 0, "the agent took an outbox of version 9: %s", code);
    stage.saw(trial.agent().said("newer"));
    version(segment, 1);
    trial.restartAgent();
    trial.restartServer();
    trial.awaitAgent();
    stage.did(
        "sent batches with unknown fields and of wire version 2; let an agent find an outbox of"
            + " version 9, then the same of version 1");
    stage.settle(trial);
  }

  private static void newerAgent(Stage stage, Trial trial)
      throws IOException, InterruptedException {
    Instant now = stage.clock().instant();
    try (Messenger messenger =
        Messenger.connect(
            trial.server().mqttPort(),
            Trial.SITE,
            MACHINE,
            stage.seed() + 1,
            now,
            Shift.signals(MACHINE))) {
      Column column = Column.numbers().add(Nanos.of(now), 7.0, Quality.GOOD).build();
      Batch batch = messenger.batch(1, List.of(new Batch.Part(1, column)));
      String json = new String(BatchCodec.encode(batch, Payload.JSON), StandardCharsets.UTF_8);
      String future = json.replaceFirst("\\{\"v\":1", "{\"v\":2");
      stage.expect(!future.equals(json), "the form of a batch has changed");
      messenger.send(future.getBytes(StandardCharsets.UTF_8));
      String more = json.replaceFirst("\\{\"v\":1", "{\"v\":1,\"weather\":{\"sky\":[\"blue\"]}");
      messenger.send(more.getBytes(StandardCharsets.UTF_8));
      messenger.awaitAcknowledged(1);
    }
    stage.expect(
        trial.server().api().samples(MACHINE, "parts").size() == 1,
        "a batch with an unknown field was not stored once");
    stage.expect(
        trial.server().api().meter("vigie.ingest.dead.letters") >= 1,
        "a batch of wire version 2 was not set aside");
  }

  /** Sets the version in both copies of a segment's header, as a program of that version would. */
  private static void version(Path segment, int version) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      for (int copy : new int[] {0, 2_048}) {
        byte[] checked = new byte[24];
        file.seek(copy + 16);
        file.readFully(checked);
        CRC32C crc = new CRC32C();
        crc.update(checked);
        crc.update(version);
        file.seek(copy + VERSION_AT);
        file.writeInt(version);
        file.writeInt((int) crc.getValue());
      }
    }
  }
}
