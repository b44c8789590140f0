package fr.vigie.example.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.ledger.Entry;
import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.terminal.PseudoTerminal;
import fr.vigie.signal.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeakerTest {
  private static final Instant SWITCHED_ON = Instant.parse("2026-11-24T08:00:00.000999Z");

  @TempDir Path folder;

  @Test
  void plcPrintsItsOwnTimeAndLineNumberAndTheLedgerKnowsEachValue() throws IOException {
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("filler"));
        Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      Speaker speaker =
          new Speaker("plc", "filler", new Filler(1), new LineVoice(), line, ledger, SWITCHED_ON);
      speaker.step(Duration.ofMillis(3_500));
      try (BufferedReader reader = Files.newBufferedReader(line.port())) {
        assertThat(reader.readLine())
            .startsWith("t=2026-11-24T08:00:01.000Z;n=1;state=RUN;count=0;scrap=0;temp=18.");
        reader.readLine();
        assertThat(reader.readLine())
            .startsWith("t=2026-11-24T08:00:03.000Z;n=3;state=RUN;count=1;");
      }
      assertThat(line.waiting()).isFalse();
    }
    List<Entry> said = Ledger.read(folder.resolve("ledger"));
    assertThat(said).hasSize(3 * 6);
    assertThat(said.get(12))
        .isEqualTo(
            new Entry(
                "plc",
                "filler",
                3,
                "state",
                Value.of("RUN"),
                Instant.parse("2026-11-24T08:00:03Z"),
                true));
  }
}
