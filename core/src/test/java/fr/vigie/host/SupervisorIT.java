package fr.vigie.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words to a supervisor, heard by a real datagram socket that Python opens. */
@Timeout(60)
class SupervisorIT {
  private static final String LISTEN =
      """
      import os, socket, sys
      name = sys.argv[1]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind('\\0' + name[1:] if name[0] == '@' else name)
      print('listening', flush=True)
      while True:
          print(repr(s.recv(4096).decode()), flush=True)
      """;

  @TempDir Path folder;
  private Process python;
  private BufferedReader heard;
  private long nanos;

  @BeforeEach
  void needsPython() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 on this machine");
  }

  @AfterEach
  void end() {
    if (python != null) {
      python.destroyForcibly();
    }
  }

  private Supervisor supervisor(String address, String... more) throws IOException {
    python = new ProcessBuilder("/usr/bin/python3", "-c", LISTEN, address).start();
    heard =
        new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8));
    assertThat(heard.readLine()).isEqualTo("listening");
    Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", address));
    for (String word : more) {
      environment.put(word.split("=", 2)[0], word.split("=", 2)[1]);
    }
    return Supervisor.of(environment, 42);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "@vigie-test-"})
  void everyWordIsOneDatagram(String start) throws IOException {
    String address =
        start.equals("/") ? folder.resolve("notify").toString() : start + System.nanoTime();
    Supervisor supervisor = supervisor(address);
    supervisor.ready("2 sensors\nread");
    supervisor.alive("état");
    supervisor.stopping();

    assertThat(heard.readLine()).isEqualTo("'READY=1\\nSTATUS=2 sensors read'");
    assertThat(heard.readLine()).isEqualTo("'WATCHDOG=1\\nSTATUS=état'");
    assertThat(heard.readLine()).isEqualTo("'STOPPING=1'");
  }

  @Test
  void theWatchdogIsFedWhileEveryWorkerMakesProgressAndNotAfterOneIsStuck() throws IOException {
    Supervisor supervisor =
        supervisor(folder.resolve("notify").toString(), "WATCHDOG_USEC=60000000");
    Heartbeats hearts = new Heartbeats(() -> nanos);
    Watchdog watchdog = new Watchdog(supervisor, hearts);
    assertThat(watchdog.every()).isEqualTo(Duration.ofSeconds(15));
    hearts.beat("courier");
    hearts.beat("sensor press");
    watchdog.step("well");
    assertThat(heard.readLine()).startsWith("'WATCHDOG=1");

    nanos = Duration.ofSeconds(31).toNanos();
    hearts.beat("courier");
    watchdog.step("well");
    assertThat(heard.readLine()).isEqualTo("'STATUS=sensor press has been stuck for 31 s'");

    hearts.beat("sensor press");
    watchdog.step("well");
    assertThat(heard.readLine()).startsWith("'WATCHDOG=1");
  }

  @Test
  void aSupervisorThatIsGoneHindersNothing() throws IOException {
    Supervisor supervisor = supervisor(folder.resolve("notify").toString());
    Files.delete(folder.resolve("notify"));

    supervisor.alive("well");

    assertThat(supervisor.isThere()).isTrue();
  }

  @Test
  void withoutASupervisorNothingIsSaid() {
    Supervisor alone = Supervisor.of(Map.of(), 42);
    alone.ready("well");

    assertThat(alone.isThere()).isFalse();
    assertThat(alone.watchdog()).isEmpty();
    assertThat(Stream.of("relative", "", "/" + "x".repeat(200)).toList())
        .allSatisfy(
            odd -> assertThat(Supervisor.of(Map.of("NOTIFY_SOCKET", odd), 42).isThere()).isFalse());
    assertThat(
            Supervisor.of(
                    Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "5", "WATCHDOG_PID", "7"), 42)
                .watchdog())
        .isEmpty();
  }

  @Test
  void theKernelSaysWhetherItsClockIsSynchronised() throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-c",
                "import ctypes; print(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)))")
            .start();
    String code = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();

    assertThat(new KernelClock().isSynchronised())
        .isEqualTo(
            !code.strip().equals("5")
                || Files.exists(Path.of("/run/systemd/timesync/synchronized")));
  }

  @Test
  void everyProcessOfABootKnowsItByTheSameNumber() {
    assertThat(Boot.id()).isEqualTo(Boot.id()).isNotZero();
  }
}
