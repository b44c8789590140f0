package fr.vigie.example.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.example.emulator.VirtualBoard.Time;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.production.PartsRule;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as it is installed, on an arm64 board, and a server that is this machine's. */
@Timeout(1800)
class BoardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long MOST_RESIDENT_KIB = 64 << 10;

  /** By how much a JVM of Java 21 and later is larger than one of 17. */
  private static final long LATER_JAVA_KIB = 9 << 10;

  private static final String DEVICES = "/sys/kernel/debug/vigie-board/";

  /** Longer than the second between two readings, shorter than if one were left out. */
  private static final Duration RHYTHM = Duration.ofMillis(1_900);

  /** The answer in the manual of Eastron's SDM320Y, as the slave holds it. */
  private static final String VOLTS = Double.toString(Float.intBitsToFloat(0x43663334));

  /** A square wave of 4000 steps of 125 uV, on a clamp of 2000 turns with 22 ohms. */
  private static final double AMPERES = 4000 * 125e-6 * 2000 / 22;

  /**
   * The air is that of the example in Bosch's data sheet (BST-BMP280-DS001, 3.12), with a humidity
   * of its 32-bit formula; 13107 steps of 125 uV; what else the slave holds.
   */
  private static final Map<String, Set<String>> EXPECTED =
      Map.of(
          "temperature", Set.of("25.08"),
          "pressure", Set.of("1006.53"),
          "humidity", Set.of("20.78"),
          "oil-pressure", Set.of("1.6384"),
          "volts", Set.of(VOLTS),
          "volts-swapped", Set.of(VOLTS),
          "speed", Set.of("150.0"));

  /** As the board's job says it. */
  private static final Pattern AGENT_STARTS = Pattern.compile("AGENT starts at ([0-9.]+)\\s");

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private int shell;

  @Test
  void whatABoardReadsIsStoredExactlyThroughARestartAndACut()
      throws IOException, InterruptedException {
    assumeTrue(VirtualBoard.absent().isEmpty(), () -> VirtualBoard.absent().orElse(""));
    assumeTrue(ModbusSlave.absent().isEmpty(), () -> ModbusSlave.absent().orElse(""));
    shell = freePort();
    try (Home home = Home.find()) {
      Optional<VirtualBoard> made = VirtualBoard.make(home, folder.resolve("making"));
      assumeTrue(made.isPresent(), "Debian's mirror does not answer");
      try (Server server =
          Server.start(
              home, folder.resolve("server"), new Server.Settings("atelier", 0, 0, "embedded"))) {
        Path host = Files.createDirectories(folder.resolve("host"));
        made.get().load(host, resource("job"));
        Files.writeString(
            host.resolve("agent.yaml"),
            resource("agent.yaml").replace("PORT", Integer.toString(server.mqttPort())));
        Path slave = ModbusSlave.build(home, folder);
        Path console = folder.resolve("console");
        Child board =
            made.get()
                .boot(
                    Time.SHARED,
                    host,
                    Map.of("SHELL_PORT", Integer.toString(shell), "SERIAL", "pty"),
                    console);
        await(board, "a serial line", () -> ModbusSlave.terminal(console).isPresent());
        ModbusSlave.start(
            home, slave, ModbusSlave.terminal(console).orElseThrow(), folder.resolve("slave.log"));

        await(board, "the agent's first value is stored", () -> last(server).equals("0.0"));
        await(board, "every sensor's value is stored", () -> readings(server).size() == 7);
        assertThat(readings(server)).containsExactlyInAnyOrderEntriesOf(EXPECTED);
        await(board, "the motor's current", () -> !samples(server, "current").isEmpty());
        assertThat(samples(server, "current"))
            .allSatisfy(
                sample ->
                    assertThat(((Value.Number) sample.value()).number())
                        .isCloseTo(AMPERES, withinPercentage(0.5)));
        ask("echo '4 500 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "500 pulses are stored", () -> last(server).equals("500.0"));

        int oilBefore = samples(server, "oil-pressure").size();
        ask("echo 0x76 >" + DEVICES + "deaf");
        await(
            board,
            "a chip that does not answer is told",
            () -> ask("cat /tmp/data/status.json").contains("0x76 on /dev/i2c-1: nothing answers"));
        await(
            board,
            "the chips beside it",
            () -> samples(server, "oil-pressure").size() > oilBefore + 5);
        List<Sample> oil = samples(server, "oil-pressure");
        assertThat(pauses(oil.subList(oilBefore, oil.size())))
            .allMatch(it -> it.compareTo(RHYTHM) < 0);
        int airBefore = samples(server, "temperature").size();
        ask("echo 0 >" + DEVICES + "deaf");
        await(board, "the chip is back", () -> samples(server, "temperature").size() > airBefore);

        ask("kill $(pidof java)");
        await(board, "the agent is back", () -> isBack(server, EXPECTED.keySet()));
        double stored = Double.parseDouble(ask("cut -d' ' -f1 /proc/uptime"));
        System.out.printf(
            "%.2f s of the board's time from the agent's start to its first value in the store%n",
            stored - lastStart(console));
        await(board, "the agent counts again", () -> isBack(server, Set.of("count")));
        ask("echo '4 100 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "the count goes on", () -> last(server).equals("600.0"));
        long most = MOST_RESIDENT_KIB + (made.get().java() > 17 ? LATER_JAVA_KIB : 0);
        assertThat(resident()).as("KiB resident").isBetween(1L, most);

        ask("kill -9 $(pidof java)");
        await(board, "the count begins anew", () -> last(server).equals("0.0"));
        ask("echo '4 100 4000000 2000000' >/sys/kernel/debug/vigie-board/pulses");
        await(board, "100 more are stored", () -> last(server).equals("100.0"));
        assertThat(parts(server)).isEqualTo(700);

        ask("touch /tmp/over; kill $(pidof java)");
        assertThat(board.awaitEnd(PATIENCE)).as(Files.readString(console)).isPresent();
        Instant now = Instant.now();
        assertThat(server.api().losses(now.minus(DAY), now.plus(DAY)))
            .extracting(loss -> loss.source() + ' ' + loss.reason())
            .contains("* agent-stopped", "* unclean-stop", "air device-back")
            .isSubsetOf(
                "* agent-stopped",
                "* unclean-stop",
                "air device-offline",
                "air device-back",
                // The slave is a process beside the emulator: on a busy machine it answers too
                // late.
                "meter device-offline",
                "meter device-back");
      }
    }
  }

  /** Whether the agent that was started last has given a value of one of these signals. */
  private static boolean isBack(Server server, Set<String> signals) throws IOException {
    Optional<Instant> start = lastStop(server).map(RestApi.Loss::to);
    for (String signal : start.isPresent() ? signals : Set.<String>of()) {
      if (samples(server, signal).stream().anyMatch(it -> !it.time().isBefore(start.get()))) {
        return true;
      }
    }
    return false;
  }

  /** What the agent declared last of the time in which it was stopped; it ends with its start. */
  private static Optional<RestApi.Loss> lastStop(Server server) throws IOException {
    Instant now = Instant.now();
    try {
      return server.api().losses(now.minus(DAY), now.plus(DAY)).stream()
          .filter(loss -> loss.reason().equals("agent-stopped"))
          .max(Comparator.comparing(RestApi.Loss::to));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** When the agent was started last, in seconds since the board was. */
  private static double lastStart(Path console) throws IOException {
    // What the agent said before may stand on the same line.
    return AGENT_STARTS
        .matcher(new String(Files.readAllBytes(console), StandardCharsets.UTF_8))
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .max()
        .orElseThrow();
  }

  private static String resource(String name) throws IOException {
    try (var in = BoardIT.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await(Child board, String what, Waiting.Condition condition)
      throws IOException, InterruptedException {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              board.mustLive();
              return condition.holds();
            });
    assertThat(done).as("%s%n%s", what, Files.readString(folder.resolve("console"))).isTrue();
  }

  /** Runs a command in the board's shell, and returns what it says. */
  private String ask(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shell)) {
      socket.getOutputStream().write((command + "; exit\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private long resident() throws IOException {
    return Long.parseLong(ask("grep VmRSS /proc/$(pidof java)/status").replaceAll("\\D", ""));
  }

  private static List<Sample> samples(Server server, String signal) throws IOException {
    try {
      return server.api().samples("press", signal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String last(Server server) throws IOException {
    List<Sample> samples = samples(server, "count");
    return samples.isEmpty() ? "" : samples.get(samples.size() - 1).value().toString();
  }

  /** What the sensors beside the counter have given so far, each value once. */
  private static Map<String, Set<String>> readings(Server server) throws IOException {
    Map<String, Set<String>> readings = new TreeMap<>();
    for (String signal : EXPECTED.keySet()) {
      Set<String> values = new TreeSet<>();
      samples(server, signal).forEach(sample -> values.add(sample.value().toString()));
      if (!values.isEmpty()) {
        readings.put(signal, values);
      }
    }
    return readings;
  }

  private static List<Duration> pauses(List<Sample> samples) {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < samples.size(); i++) {
      pauses.add(Duration.between(samples.get(i - 1).time(), samples.get(i).time()));
    }
    return pauses;
  }

  private static long parts(Server server) throws IOException {
    Column.Builder column = Column.numbers();
    samples(server, "count").stream()
        .filter(sample -> sample.value() instanceof Value.Number)
        .forEach(column::add);
    return PartsRule.Counter.plain()
        .counts(column.build())
        .within(new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
