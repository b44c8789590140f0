package fr.vigie.example.fault.message;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.messenger.Messenger;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** F19: one agent's batches come in order, another's the same shuffled and repeated. */
public final class OutOfOrder implements Fault {
  private static final Duration LENGTH = Duration.ofHours(8);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        19,
        "late and out of order",
        "The same data give the same figures, in whatever order and however often they come.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Server server =
        stage.add(
            Server.start(
                stage.home(),
                stage.folder().resolve("server"),
                new Server.Settings(Trial.SITE, 0, 0, "embedded")));
    RestApi api = server.api();
    Instant from =
        stage.clock().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(10));
    JsonNode inOrder = figures(stage, server, "in-order", from, false);
    int shuffles = stage.often(2, 8);
    for (int shuffle = 1; shuffle <= shuffles; shuffle++) {
      JsonNode shuffled = figures(stage, server, "shuffled-" + shuffle, from, true);
      stage.expect(inOrder.equals(shuffled), "other figures: %s instead of %s", shuffled, inOrder);
    }
    stage.expect(api.meter("vigie.ingest.batches.duplicate") > 0, "no batch came twice");
    stage.did(
        "sent 8 h of a machine in order, then %d times shuffled, half of it twice; figures equal",
        shuffles);
    stage.saw(Optional.of("TRS " + inOrder.path("TRS")));
  }

  private static JsonNode figures(
      Stage stage, Server server, String machine, Instant from, boolean shuffled)
      throws IOException, InterruptedException {
    RestApi api = server.api();
    api.putMachine(machine, Shift.tree(Trial.SITE, from));
    try (Messenger messenger =
        Messenger.connect(
            server.mqttPort(),
            Trial.SITE,
            machine,
            stage.seed() + 1,
            from,
            Shift.signals(machine))) {
      List<Batch> batches = Shift.batches(messenger, from, LENGTH, stage.seed());
      List<Batch> sent = new ArrayList<>(batches);
      if (shuffled) {
        sent.addAll(batches.subList(0, batches.size() / 2));
        Collections.shuffle(sent, new Random(stage.random().nextLong()));
      }
      for (Batch batch : sent) {
        messenger.send(batch, Payload.COLUMNS);
      }
      messenger.awaitAcknowledged(batches.size());
      long said = batches.stream().mapToLong(Batch::samples).sum();
      long stored = api.samples(machine, "state").size() + api.samples(machine, "parts").size();
      stage.add(
          new Finding(
              machine,
              said,
              stored,
              Math.max(0, said - stored),
              Math.max(0, stored - said),
              0,
              0,
              0));
      ObjectNode figures = (ObjectNode) api.figures(machine, from, from.plus(LENGTH));
      figures.remove("machine");
      nameless(figures.path("coverage"));
      return figures;
    }
  }

  /** Each order has an agent of its own, whose name is no figure. */
  private static void nameless(JsonNode coverage) {
    coverage.path("holes").forEach(hole -> ((ObjectNode) hole).remove("source"));
  }
}
