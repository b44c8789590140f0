package fr.vigie.example.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.ledger.Entry;
import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.terminal.PseudoTerminal;
import fr.vigie.frame.Frame;
import fr.vigie.frame.FrameDecoder;
import fr.vigie.signal.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SpeakerTest {
  private static final long SESSION = 0x1_0000_0007L;
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

  @Test
  @Timeout(30)
  void firmwareIntroducesItselfAndItsFramesCarryExactlyWhatTheLedgerKnows() throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"));
        Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      Speaker speaker =
          new Speaker(
              "companion",
              "press",
              new Press(1),
              FrameVoice.companion(SESSION),
              line,
              ledger,
              SWITCHED_ON);
      for (int tenth = 0; tenth <= 60; tenth++) {
        speaker.step(Duration.ofMillis(100L * tenth));
      }
      FrameDecoder decoder = new FrameDecoder();
      byte[] bytes = new byte[256];
      try (InputStream reader = Files.newInputStream(line.port())) {
        while (frames.stream().filter(Frame.Samples.class::isInstance).count() < 60) {
          decoder.feed(bytes, reader.read(bytes), frames::add);
        }
        assertThat(decoder.damaged()).isZero();
      }
    }
    assertThat(frames).filteredOn(Frame.Hello.class::isInstance).hasSize(2);
    assertThat(frames.get(0)).isEqualTo(new Frame.Hello(1, 7, 4, "press-companion 1.0"));
    assertThat(frames.subList(1, 5)).allMatch(Frame.Described.class::isInstance);
    List<Entry> said = Ledger.read(folder.resolve("ledger"));
    int at = 0;
    long sequence = 1;
    for (Frame frame : frames) {
      if (frame instanceof Frame.Samples samples) {
        assertThat(samples.sequence()).isEqualTo(sequence);
        assertThat(samples.millis()).isEqualTo(100 * sequence++);
        for (Frame.Entry entry : samples.entries()) {
          assertThat(value(entry)).isEqualTo(said.get(at).value());
          assertThat(said.get(at++).stamped()).isFalse();
        }
      }
    }
    assertThat(at).isEqualTo(said.size()).isEqualTo(60 * 4);
  }

  private static Value value(Frame.Entry entry) {
    if (entry instanceof Frame.Entry.Text text) {
      return Value.of(text.value());
    }
    long whole = ((Frame.Entry.Whole) entry).value();
    return Value.of(entry.id() == 0 ? whole / 100.0 : whole);
  }
}
