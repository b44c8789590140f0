package fr.vigie.example.fault.message;

import fr.vigie.column.Column;
import fr.vigie.example.checker.Finding;
import fr.vigie.example.installation.Server;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** F20: messages that nobody can read, or that must not be stored, among good ones. */
public final class Poison implements Fault {
  private static final String MACHINE = "poisoned";
  private static final List<String> TEXTS =
      List.of(
          "",
          "{",
          "nonsense",
          "{\"v\":1}",
          "{\"v\":1,\"epoch\":\"7\",\"sequence\":-1}",
          "{\"v\":1,\"epoch\":\"1e400\",\"sequence\":1e400}",
          "{\"v\":1,\"v\":1}",
          "[".repeat(10_000),
          "{\"v\":1,\"epoch\":\"7\",\"sequence\":1,\"floor\":0,\"birth\":\"00000000\",\"groups\":NaN}");

  @Override
  public Sheet sheet() {
    return Sheet.of(
            20,
            "poison messages",
            "What cannot be read is kept aside with the reason and declared; the queue moves on, and"
                + " nothing wrong is stored.")
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Server server =
        stage.add(
            Server.start(
                stage.home(),
                stage.folder().resolve("server"),
                new Server.Settings(Trial.SITE, 0, 0, "embedded")));
    Instant from = stage.clock().instant();
    int poison = 0;
    long sequence = 0;
    int good = 0;
    int refusedByNumber = 0;
    try (Messenger messenger =
        Messenger.connect(
            server.mqttPort(),
            Trial.SITE,
            MACHINE,
            stage.seed() + 1,
            from,
            Shift.signals(MACHINE))) {
      for (byte[] bad : corpus(stage)) {
        messenger.send(bad);
        poison++;
        messenger.send(batch(messenger, ++sequence, from, false), Payload.COLUMNS);
        good++;
      }
      for (int i = 0; i < stage.often(3, 30); i++) {
        messenger.send(batch(messenger, ++sequence, from, true), Payload.COLUMNS);
        refusedByNumber++;
        messenger.send(batch(messenger, ++sequence, from, false), Payload.COLUMNS);
        good++;
      }
      messenger.awaitAcknowledged(sequence);
      stage.expect(
          messenger.refused().stream().mapToLong(refusal -> refusal.sequence()).distinct().count()
              >= refusedByNumber,
          "%d batches were refused by number, %d told",
          refusedByNumber,
          messenger.refused().size());
      stage.saw(messenger.refused().stream().findFirst().map(refusal -> refusal.reason()));
    }
    double letters = server.api().meter("vigie.ingest.dead.letters");
    stage.expect(letters >= poison, "%d poison messages, %.0f dead letters", poison, letters);
    long stored = server.api().samples(MACHINE, "parts").size();
    stage.add(
        new Finding(
            MACHINE,
            good,
            stored,
            Math.max(0, good - stored),
            Math.max(0, stored - good),
            0,
            0,
            0));
    server.child().mustLive();
    stage.did(
        "sent %d unreadable messages and %d batches of the wrong type among %d good ones;"
            + " %.0f dead letters",
        poison, refusedByNumber, good, letters);
  }

  private static Batch batch(Messenger messenger, long sequence, Instant from, boolean wrongType) {
    long nanos = Nanos.of(from.plusSeconds(sequence));
    Column column =
        wrongType
            ? Column.texts().add(nanos, "12 parts", Quality.GOOD).build()
            : Column.numbers().add(nanos, (double) sequence, Quality.GOOD).build();
    return messenger.batch(sequence, List.of(new Batch.Part(1, column)));
  }

  /** Texts, noise, and batches of which bytes flipped or the end is missing; all unreadable. */
  private static List<byte[]> corpus(Stage stage) {
    List<byte[]> corpus = new ArrayList<>();
    TEXTS.forEach(text -> corpus.add(text.getBytes(StandardCharsets.UTF_8)));
    Column column = Column.numbers().add(1_000_000_000L, 42.0, Quality.GOOD).build();
    byte[] whole =
        BatchCodec.encode(
            new Batch(99, 1, 0, 1, List.of(new Batch.Part(0, column)), List.of()), Payload.COLUMNS);
    for (int i = 0; i < stage.often(10, 200); i++) {
      byte[] bytes =
          switch (i % 3) {
            case 0 -> Arrays.copyOf(whole, stage.random().nextInt(1, whole.length));
            case 1 -> whole.clone();
            default -> new byte[stage.random().nextInt(1, 2_000)];
          };
      if (i % 3 == 1) {
        bytes[stage.random().nextInt(bytes.length)] ^= (byte) (1 << stage.random().nextInt(8));
      } else if (i % 3 == 2) {
        stage.random().nextBytes(bytes);
      }
      corpus.add(bytes);
    }
    return corpus;
  }
}
