package fr.vigie.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.line.MassUnit;
import fr.vigie.agent.driver.line.ScaleMtSics;
import fr.vigie.agent.driver.meter.LinkyTic;
import fr.vigie.agent.driver.meter.Mbus;
import fr.vigie.agent.driver.meter.MbusLine;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.signal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real ports, with a shell's script for a device behind each. */
@Timeout(120)
class SerialDevicesIT {
  private static final Path SOCAT = Path.of("/usr/bin/socat");

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Optional<Process> socat = Optional.empty();

  @BeforeEach
  void needsSocat() {
    assumeTrue(Files.isExecutable(SOCAT), "needs socat");
  }

  private Path device(String script) throws IOException {
    Path port = folder.resolve("port");
    Path file = Files.writeString(folder.resolve("device.sh"), script);
    socat =
        Optional.of(
            new ProcessBuilder(
                    SOCAT.toString(), "PTY,rawer,link=" + port, "SYSTEM:sh " + file + ",pty,rawer")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    while (!Files.exists(port)) {
      LockSupport.parkNanos(1_000_000);
    }
    return port;
  }

  @AfterEach
  void unplug() throws InterruptedException {
    if (socat.isPresent()) {
      socat.get().destroy();
      socat.get().waitFor();
    }
  }

  private void readFirst(Driver driver) throws IOException {
    while (bench.samples.isEmpty()) {
      driver.step();
    }
  }

  @Test
  void aMeterThatTalksAllTheTimeIsReadWithSevenBitsUntilItIsUnplugged() throws Exception {
    Path port =
        device(
            "while sleep 0.1; do printf '\\002\\nPAPP 02760 0\\r\\nPTEC HP..  \\r\\003' || exit; done");
    LinkyTic config = new LinkyTic("site", port, Framing.F_7E1, LinkyTic.Mode.HISTORIQUE, Map.of());
    try (Driver driver = config.open(bench.context())) {
      readFirst(driver);
      assertThat(bench.readings).startsWith("PAPP=2760.0", "PTEC=HP..");
      unplug();
      assertThatThrownBy(
              () -> {
                while (true) {
                  driver.step();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is gone");
    }
  }

  @Test
  void aScaleThatIsAskedAnswers() throws Exception {
    Path port = device("while read line; do printf 'S S     100.00 g\\r\\n' || exit; done");
    ScaleMtSics config =
        new ScaleMtSics(
            "packer",
            port,
            9600,
            Framing.F_8E1,
            ScaleMtSics.Ask.SI,
            Duration.ofSeconds(1),
            10,
            MassUnit.G,
            false,
            Map.of());
    try (Driver driver = config.open(bench.context())) {
      readFirst(driver);
    }
    assertThat(bench.readings).startsWith("weight=100.0", "status=stable");
  }

  @Test
  void aMeterOfAnMbusAnswersWithEightBits() throws Exception {
    StringBuilder octal = new StringBuilder();
    for (byte b : MbusLine.answer(5, "12345678", 0, "022AE803")) {
      octal.append(String.format("\\%03o", b & 0xff));
    }
    Path port =
        device(
            "head -c 5 >/dev/null; printf '\\345'\n"
                + "while true; do head -c 5 >/dev/null; printf '"
                + octal
                + "' || exit; done");
    Mbus config =
        new Mbus(
            "site",
            port,
            2400,
            Framing.F_8E1,
            5,
            Optional.of("12345678"),
            Duration.ofSeconds(10),
            Map.of("power", new LineSignal(Kind.GAUGE, "W", Optional.empty(), Refinement.NONE)));
    try (Driver driver = config.open(bench.context())) {
      readFirst(driver);
    }
    assertThat(bench.readings).containsExactly("power=100.0");
  }
}
