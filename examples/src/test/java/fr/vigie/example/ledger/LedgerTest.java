package fr.vigie.example.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.signal.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Instant AT = Instant.parse("2026-11-24T08:00:00.123Z");
  private static final Entry NUMBER =
      new Entry("companion", "press", 7, "current", Value.of(0.1 + 0.2), AT, false);
  private static final Entry TEXT =
      new Entry("plc", "filler", 8, "state", Value.of("1.5"), AT, true);

  @TempDir Path folder;

  @Test
  void whatWasSaidIsReadBackExactly() throws IOException {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = new Ledger(file)) {
      ledger.add(List.of(NUMBER, TEXT));
    }
    assertThat(Ledger.read(file)).containsExactly(NUMBER, TEXT);
  }

  @Test
  void laterRunContinuesTheFile() throws IOException {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = new Ledger(file)) {
      ledger.add(List.of(NUMBER));
    }
    try (Ledger ledger = new Ledger(file)) {
      ledger.add(List.of(TEXT));
    }
    assertThat(Ledger.read(file)).containsExactly(NUMBER, TEXT);
  }

  @Test
  void tornLastLineIsLeftOutAndAnyOtherRefused() throws IOException {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = new Ledger(file)) {
      ledger.add(List.of(NUMBER));
    }
    Files.writeString(file, "plc|filler|8|st", StandardOpenOption.APPEND);
    assertThat(Ledger.read(file)).containsExactly(NUMBER);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> Ledger.read(file)).hasMessageContaining("plc|filler|8|st");
  }
}
