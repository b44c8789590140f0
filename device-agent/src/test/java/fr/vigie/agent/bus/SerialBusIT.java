package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SerialBusIT {
  @TempDir Path folder;

  @BeforeEach
  void needsSocat() {
    PseudoTerminals.assumeSocat();
  }

  private static BytePort open(Path port) throws IOException {
    return SerialBus.open(port, 115_200, Framing.F_8N1, false);
  }

  private static String read(BytePort port, int bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4096];
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (text.length() < bytes && System.nanoTime() < end) {
      int count = port.read(buffer);
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  void bytesThatWaitedBeforeTheOpeningAreKept() throws IOException {
    try (PseudoTerminals cable = new PseudoTerminals(folder)) {
      cable.say("before\n");
      try (BytePort port = open(cable.ours())) {
        cable.say("after\n");
        assertThat(read(port, 13)).isEqualTo("before\nafter\n");
      }
    }
  }

  @Test
  void aSilentPortGivesNothingWithinAQuarterOfASecond() throws IOException {
    try (PseudoTerminals cable = new PseudoTerminals(folder);
        BytePort port = open(cable.ours())) {
      port.read(new byte[16]);
      long start = System.nanoTime();
      assertThat(port.read(new byte[16])).isZero();
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
  }

  @Test
  void anUnpluggedPortIsToldOnceAndOpensAgainUnderItsName() throws IOException {
    try (PseudoTerminals cable = new PseudoTerminals(folder)) {
      BytePort port = open(cable.ours());
      cable.say("one\n");
      assertThat(read(port, 4)).isEqualTo("one\n");
      cable.unplug();
      assertThatThrownBy(() -> read(port, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is gone");
      port.close();
      assertThatThrownBy(() -> open(cable.ours()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("plugged in");

      cable.plug();
      try (BytePort again = open(cable.ours())) {
        cable.say("two\n");
        assertThat(read(again, 4)).isEqualTo("two\n");
      }
    }
  }

  /** As udev does after a restart of the board that found the adapters in another order. */
  @Test
  void adaptersThatChangeNumbersAreReadByTheirStableNames() throws IOException {
    Path press = folder.resolve("usb-FTDI_FT232R_A50285BI-if00-port0");
    Path oven = folder.resolve("usb-FTDI_FT232R_DK0E2LDM-if00-port0");
    try (PseudoTerminals first = new PseudoTerminals(Files.createDirectory(folder.resolve("0")));
        PseudoTerminals second = new PseudoTerminals(Files.createDirectory(folder.resolve("1")))) {
      Files.createSymbolicLink(press, first.ours().toRealPath());
      Files.createSymbolicLink(oven, second.ours().toRealPath());
      first.say("press\n");
      second.say("oven\n");
      assertThat(readOnce(press, 6)).isEqualTo("press\n");
      assertThat(readOnce(oven, 5)).isEqualTo("oven\n");

      Files.delete(press);
      Files.delete(oven);
      Files.createSymbolicLink(press, second.ours().toRealPath());
      Files.createSymbolicLink(oven, first.ours().toRealPath());
      first.say("oven\n");
      second.say("press\n");
      assertThat(readOnce(press, 6)).isEqualTo("press\n");
      assertThat(readOnce(oven, 5)).isEqualTo("oven\n");
    }
  }

  private static String readOnce(Path name, int bytes) throws IOException {
    try (BytePort port = open(name)) {
      return read(port, bytes);
    }
  }

  @Test
  void aPortUnderWhichAnotherUsbDeviceHasComeIsNotOpened() throws IOException {
    try (PseudoTerminals cable = new PseudoTerminals(folder)) {
      Path port = cable.ours().toRealPath();
      Path sys = folder.resolve("sys");
      Path device =
          Files.createDirectories(
              sys.resolve("class/tty").resolve(port.getFileName()).resolve("device"));
      Files.writeString(device.resolve("idVendor"), "0403");
      Files.writeString(device.resolve("idProduct"), "6001");
      Files.writeString(device.resolve("serial"), "A50285BI");
      UsbPorts usb = new UsbPorts(Path.of("/dev"), sys);
      SerialBus.open(port, 9600, Framing.F_8N1, false, usb).close();
      Files.writeString(device.resolve("serial"), "DK0E2LDM");

      assertThatThrownBy(() -> SerialBus.open(port, 9600, Framing.F_8N1, false, usb))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ports have changed places");
      Files.writeString(device.resolve("serial"), "A50285BI");
      SerialBus.open(port, 9600, Framing.F_8N1, false, usb).close();
    }
  }

  @Test
  void aPortThatIsInUseIsRefused() throws IOException {
    try (PseudoTerminals cable = new PseudoTerminals(folder);
        BytePort port = open(cable.ours())) {
      assertThat(port).isNotNull();
      assertThatThrownBy(() -> open(cable.ours()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another program");
    }
  }

  @Test
  void whatIsNoPortIsRefusedWithoutACrash() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no port");
    assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> open(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void theNativeLibraryLeavesNothingBehind() throws IOException {
    NativeLibrary.load();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("vigie-serial-"));
    }
  }
}
