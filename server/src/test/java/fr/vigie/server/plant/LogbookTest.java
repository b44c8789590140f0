package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbookTest {
  @TempDir Path data;
  private Logbook logbook;

  @BeforeEach
  void open() {
    logbook = new Logbook(new PlantDatabase(PlantTest.settings(data)));
  }

  @Test
  void eachEntryRaisesTheRevisionOfItsMachineAlone() {
    logbook.write("press", client -> {});
    logbook.write("press", client -> {});
    logbook.write("saw", client -> {});

    open();

    assertThat(logbook.revision("press")).isEqualTo(2);
    assertThat(logbook.revision("saw")).isEqualTo(1);
    assertThat(logbook.revision("lathe")).isZero();
  }

  @Test
  void entryThatFailsLeavesTheRevision() {
    assertThatThrownBy(
            () ->
                logbook.write(
                    "press",
                    client -> {
                      throw new IllegalStateException("disk");
                    }))
        .hasMessage("disk");

    assertThat(logbook.revision("press")).isZero();
  }
}
