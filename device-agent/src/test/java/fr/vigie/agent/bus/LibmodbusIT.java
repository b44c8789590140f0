package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.agent.bus.modbus.RtuLine;
import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.agent.bus.modbus.TcpLink;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a slave that others wrote: Debian's libmodbus, in both of its forms. */
@Timeout(120)
class LibmodbusIT {
  private static final Path SOURCE = Path.of("../examples/modbus-slave/slave.c");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path built;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    Process compiler =
        new ProcessBuilder(
                "sh",
                "-c",
                "gcc -O2 -o \"$0\" \"$1\" $(pkg-config --cflags --libs libmodbus)",
                built.resolve("slave").toString(),
                SOURCE.toString())
            .inheritIO()
            .start();
    boolean done = compiler.waitFor() == 0;
    assumeTrue(
        done || Files.exists(Path.of("/usr/include/modbus/modbus.h")),
        "needs gcc, pkg-config and libmodbus-dev");
    assertThat(done).as(SOURCE + " compiles").isTrue();
  }

  @Test
  void everyTableIsReadOverASerialLine() throws IOException {
    PseudoTerminals.assumeSocat();
    try (PseudoTerminals cable = new PseudoTerminals(folder);
        Slave slave = new Slave("rtu", cable.theirs().toString(), "115200", "7");
        Modbus line = line(cable)) {
      assertThat(slave.isAlive()).isTrue();
      readsEverything(line, 7);
      assertThat(line.read(8, new Read(Table.INPUT, 0, 1), Duration.ofMillis(50)))
          .isEqualTo(new Answer.Silence());
      // This slave takes the next question for the answer of the other, and then comes to itself.
      PseudoTerminals.await(() -> answers(line, 7));
      readsEverything(line, 7);
    }
  }

  @Test
  void everyTableIsReadOverTheNetwork() throws IOException {
    int port = freePort();
    try (Slave slave = new Slave("tcp", Integer.toString(port));
        Modbus link = new TcpLink("127.0.0.1", port, System::nanoTime)) {
      assertThat(slave.isAlive()).isTrue();
      readsEverything(link, 1);
    }
  }

  @Test
  void aDeviceThatIsSwitchedOffAndOnAgainIsReadAgainByTheSameLink() throws IOException {
    int port = freePort();
    try (Modbus link = new TcpLink("127.0.0.1", port, System::nanoTime)) {
      Read one = new Read(Table.INPUT, 5, 1);
      try (Slave slave = new Slave("tcp", Integer.toString(port))) {
        assertThat(slave.isAlive()).isTrue();
        assertThat(registers(link.read(1, one, LONG))).containsExactly(5);
      }
      assertThatThrownBy(() -> link.read(1, one, LONG)).isInstanceOf(IOException.class);
      try (Slave slave = new Slave("tcp", Integer.toString(port))) {
        assertThat(slave.isAlive()).isTrue();
        assertThat(registers(link.read(1, one, LONG))).containsExactly(5);
      }
    }
  }

  @Test
  void anUnpluggedLineIsToldToWhoeverAsks() throws IOException {
    PseudoTerminals.assumeSocat();
    try (PseudoTerminals cable = new PseudoTerminals(folder);
        Modbus line = line(cable)) {
      cable.unplug();
      assertThatThrownBy(() -> line.read(1, new Read(Table.INPUT, 0, 1), LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is gone");
    }
  }

  private static Modbus line(PseudoTerminals cable) throws IOException {
    return new RtuLine(
        SerialBus.open(cable.ours(), 115_200, Framing.F_8N1, false),
        115_200,
        Framing.F_8N1,
        System::nanoTime,
        LockSupport::parkNanos);
  }

  private static boolean answers(Modbus modbus, int unit) {
    try {
      return modbus.read(unit, new Read(Table.INPUT, 0, 1), Duration.ofSeconds(1))
          instanceof Answer.Data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readsEverything(Modbus modbus, int unit) throws IOException {
    assertThat(registers(modbus.read(unit, new Read(Table.INPUT, 300, 3), LONG)))
        .containsExactly(300, 301, 302);
    assertThat(registers(modbus.read(unit, new Read(Table.INPUT, 0, 125), LONG))).hasSize(125);
    assertThat(registers(modbus.read(unit, new Read(Table.HOLDING, 100, 2), LONG))).hasSize(2);
    byte[] floats = data(modbus.read(unit, new Read(Table.INPUT, 20_000, 2), LONG));
    assertThat(ByteBuffer.wrap(floats).getFloat()).isEqualTo(230.20001220703125f);
    assertThat(data(modbus.read(unit, new Read(Table.COIL, 0, 10), LONG)))
        .isEqualTo(new byte[] {0b0100_1001, 0b10});
    assertThat(data(modbus.read(unit, new Read(Table.DISCRETE, 0, 2000), LONG))).hasSize(250);
    assertThat(modbus.read(unit, new Read(Table.INPUT, 20_008, 1), LONG))
        .isEqualTo(new Answer.Refused(2));
  }

  private static byte[] data(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Data.class);
    return ((Answer.Data) answer).bytes();
  }

  private static List<Integer> registers(Answer answer) {
    ByteBuffer data = ByteBuffer.wrap(data(answer));
    List<Integer> registers = new ArrayList<>();
    while (data.hasRemaining()) {
      registers.add(data.getShort() & 0xffff);
    }
    return registers;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** The slave's process, from when it is ready. */
  private final class Slave implements Closeable {
    private final Process process;

    Slave(String... words) throws IOException {
      List<String> command = new ArrayList<>(List.of(built.resolve("slave").toString()));
      command.addAll(List.of(words));
      Path log = folder.resolve("slave.log");
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      PseudoTerminals.await(() -> isReady(log) || !process.isAlive());
    }

    private static boolean isReady(Path log) {
      try {
        return Files.readString(log).contains("ready");
      } catch (IOException e) {
        return false;
      }
    }

    boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
