package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board's /dev and /sys in a folder. */
class UsbPortsTest {
  @TempDir Path folder;
  private Path dev;
  private Path sys;
  private UsbPorts ports;

  @BeforeEach
  void board() throws IOException {
    dev = Files.createDirectories(folder.resolve("dev"));
    sys = Files.createDirectories(folder.resolve("sys"));
    Files.createDirectories(sys.resolve("class/tty"));
    ports = new UsbPorts(dev, sys);
  }

  /** Plugs a USB adapter into a socket, under the name that the kernel gives it. */
  private Path plug(String name, String socket, String serial) throws IOException {
    Path device = Files.createDirectories(sys.resolve("devices/usb1").resolve(socket));
    Files.writeString(device.resolve("idVendor"), "0403\n");
    Files.writeString(device.resolve("idProduct"), "6001\n");
    if (!serial.isEmpty()) {
      Files.writeString(device.resolve("serial"), serial + "\n");
    }
    Path part = Files.createDirectories(device.resolve(socket + ":1.0"));
    Files.writeString(part.resolve("bInterfaceNumber"), "00\n");
    Path tty = Files.createDirectories(part.resolve(name));
    Files.writeString(tty.resolve("port_number"), "0\n");
    Path inner = Files.createDirectories(tty.resolve("tty").resolve(name));
    Files.createSymbolicLink(inner.resolve("device"), tty);
    Files.createSymbolicLink(sys.resolve("class/tty").resolve(name), inner);
    Path port = Files.createFile(dev.resolve(name));
    String id = "usb-FTDI_FT232R" + (serial.isEmpty() ? "" : "_" + serial) + "-if00-port0";
    link("serial/by-id/" + id, port);
    link("serial/by-path/usb-0:" + socket, port);
    return port;
  }

  private void link(String name, Path port) throws IOException {
    Path link = dev.resolve(name);
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, port);
  }

  private void unplug(Path port) throws IOException {
    Files.delete(sys.resolve("class/tty").resolve(port.getFileName()));
    Files.delete(port);
  }

  @Test
  void anotherDeviceUnderThePortsNameIsRefusedUntilTheFirstOneIsBack() throws IOException {
    Path port = plug("ttyUSB0", "1-1", "A50285BI");
    ports.check(port);
    ports.opened(port);
    unplug(port);
    plug("ttyUSB0", "1-2", "DK0E2LDM");

    assertThatThrownBy(() -> ports.check(port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("serial number A50285BI")
        .hasMessageContaining("serial number DK0E2LDM")
        .hasMessageContaining("by-id");
    unplug(port);
    plug("ttyUSB0", "1-3", "A50285BI");
    assertThatCode(() -> ports.check(port)).doesNotThrowAnyException();
  }

  @Test
  void devicesWithoutASerialNumberOrWithAWorthlessOneAreToldApartByTheirSocket()
      throws IOException {
    for (String serial : new String[] {"", "0001"}) {
      Path port = plug("ttyUSB" + serial, "1-1" + serial, serial);
      ports.opened(port);
      unplug(port);
      plug("ttyUSB" + serial, "2-1" + serial, serial);

      assertThatThrownBy(() -> ports.check(port))
          .hasMessageContaining("in socket 1-1")
          .hasMessageContaining("in socket 2-1");
    }
  }

  @Test
  void aPortThatWasNeverOpenedMayBeAnything() throws IOException {
    Path port = plug("ttyUSB0", "1-1", "A50285BI");
    ports.check(port);
    unplug(port);
    plug("ttyUSB0", "1-2", "DK0E2LDM");

    assertThatCode(() -> ports.check(port)).doesNotThrowAnyException();
    assertThatCode(() -> ports.opened(port)).doesNotThrowAnyException();
  }

  @Test
  void aLinkIsBelievedWhateverItLeadsTo() throws IOException {
    Path port = plug("ttyUSB0", "1-1", "A50285BI");
    Path link = dev.resolve("serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0");
    ports.opened(link);
    unplug(port);
    plug("ttyUSB1", "1-2", "A50285BI");

    assertThatCode(() -> ports.check(link)).doesNotThrowAnyException();
    assertThat(ports.advice(link)).isEmpty();
  }

  @Test
  void aNameOfTheKernelIsAnsweredWithTheDevicesOwn() throws IOException {
    Path named = plug("ttyUSB0", "1-1", "A50285BI");
    Path nameless = plug("ttyUSB1", "1-2", "");

    assertThat(ports.advice(named).orElseThrow())
        .contains("/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0");
    assertThat(ports.advice(nameless).orElseThrow()).contains("/dev/serial/by-path/usb-0:1-2");
  }

  @Test
  void aNameThatTwoDevicesHaveIsAnsweredWithTheSocket() throws IOException {
    plug("ttyUSB0", "1-1", "");
    Path link = dev.resolve("serial/by-id/usb-FTDI_FT232R-if00-port0");
    assertThat(ports.advice(link)).isEmpty();
    plug("ttyUSB1", "1-2", "");

    assertThat(ports.advice(link).orElseThrow()).contains("/dev/serial/by-path/usb-0:1-2");
  }

  @Test
  void aBoardsOwnPortAndOneThatIsAwayNeedNoAdvice() throws IOException {
    Path own = Files.createFile(dev.resolve("ttyAMA0"));
    assertThat(ports.advice(own)).isEmpty();
    assertThat(ports.advice(dev.resolve("ttyUSB7"))).isEmpty();
    assertThatCode(() -> ports.opened(own)).doesNotThrowAnyException();
    assertThatCode(() -> ports.check(own)).doesNotThrowAnyException();
  }
}
