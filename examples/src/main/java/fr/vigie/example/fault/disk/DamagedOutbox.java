package fr.vigie.example.fault.disk;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** F7: while the agent is off, bits flip in its outbox, and a foreign file appears there. */
public final class DamagedOutbox implements Fault {
  private static final int FIRST_RECORDS = 3 * 4096;

  @Override
  public Sheet sheet() {
    return Sheet.of(
        7,
        "damaged outbox",
        "A damaged record is never taken for a good one: it alone is lost, declared, and a copy of"
            + " its segment is kept; files of others are left alone.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().keys("head: 0\nbatch: 50ms"));
    trial.server().child().kill();
    stage.pause(Duration.ofSeconds(stage.often(8, 20)));
    trial.agent().close();
    Path outbox = stage.folder().resolve("agent").resolve("outbox");
    int flips = stage.often(3, 8);
    for (int flip = 0; flip < flips; flip++) {
      flipOneBit(stage, outbox.resolve("0001.segment"));
    }
    Path foreign = Files.writeString(outbox.resolve("holiday.jpg"), "not ours");
    trial.restartAgent();
    trial.restartServer();
    trial.awaitAgent();
    stage.saw(trial.agent().said("The outbox lost"));
    stage.settle(trial);
    stage.expect(Files.readString(foreign).equals("not ours"), "the foreign file was changed");
    stage.expect(trial.agent().said("holiday.jpg").isPresent(), "the foreign file was not told of");
    try (Stream<Path> files = Files.list(outbox)) {
      Optional<Path> copy =
          files.filter(file -> file.getFileName().toString().startsWith("damaged-")).findAny();
      stage.expect(copy.isPresent(), "no copy of the damaged segment was kept");
    }
    stage.did("flipped %d bits of the outbox and laid a foreign file into it", flips);
  }

  private static void flipOneBit(Stage stage, Path segment) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      byte[] bytes = new byte[(int) file.length()];
      file.readFully(bytes);
      int used = bytes.length;
      while (used > FIRST_RECORDS + 1 && bytes[used - 1] == 0) {
        used--;
      }
      int at = stage.random().nextInt(FIRST_RECORDS, used);
      file.seek(at);
      file.write(bytes[at] ^ (1 << stage.random().nextInt(8)));
    }
  }
}
