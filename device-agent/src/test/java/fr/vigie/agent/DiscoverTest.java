package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiscoverTest {
  private static final String BY_ID = "usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0";

  @TempDir Path root;

  @BeforeEach
  void aBoard() throws IOException {
    file("dev/ttyUSB0", "");
    file("dev/ttyAMA0", "");
    link("dev/serial/by-id/" + BY_ID, "../../ttyUSB0");
    file("sys/devices/usb1/product", "FT232R USB UART\n");
    file("sys/devices/usb1/manufacturer", "FTDI\n");
    file("sys/devices/usb1/serial", "A50285BI\n");
    Files.createDirectories(root.resolve("sys/devices/usb1/1-1/ttyUSB0"));
    Files.createDirectories(root.resolve("sys/class/tty/ttyUSB0"));
    link("sys/class/tty/ttyUSB0/device", root.resolve("sys/devices/usb1/1-1/ttyUSB0").toString());
    Files.createDirectories(root.resolve("sys/class/tty/ttyAMA0/device"));
    Files.createDirectories(root.resolve("sys/class/tty/ttyS7/device"));
    file("sys/class/tty/ttyS7/type", "0\n");
    Files.createDirectories(root.resolve("sys/class/tty/tty1"));
    file("proc/512/comm", "agetty\n");
    link("proc/512/fd/0", "/dev/ttyAMA0");
    Files.createDirectories(root.resolve("proc/513"));
    Files.createDirectories(root.resolve("sys/bus/w1/devices/w1_bus_master1"));
    Files.createDirectories(root.resolve("sys/bus/w1/devices/28-0316a2794dff"));
    file("dev/i2c-1", "");
    file("sys/class/i2c-dev/i2c-1/name", "bcm2835 (i2c@7e804000)\n");
    file("sys/bus/i2c/devices/1-0068/name", "ds3231\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String name, String target) throws IOException {
    Path link = root.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private static String discover(Path root) {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new DiscoverCommand())
            .setOut(new PrintWriter(out))
            .execute("--root", root.toString());
    assertThat(code).isZero();
    return out.toString();
  }

  @Test
  void aPortIsNamedByWhatDoesNotChangeAndByItsDevice() {
    assertThat(discover(root))
        .contains(
            "# serial: /dev/serial/by-id/"
                + BY_ID
                + ": now /dev/ttyUSB0, FTDI FT232R USB UART no. A50285BI, free\n");
  }

  @Test
  void whoHasAPortOpenIsNamed() {
    assertThat(discover(root)).contains("# serial: /dev/ttyAMA0: in use by agetty (process 512)\n");
  }

  @Test
  void placesWithoutHardwareAreNoPorts() {
    assertThat(discover(root)).doesNotContain("ttyS7").doesNotContain("tty1:");
  }

  @Test
  void chipsThatTheKernelKnowsAreListed() {
    assertThat(discover(root))
        .contains("# 1-wire: 28-0316a2794dff: DS18B20, a thermometer\n")
        .contains(
            "# i2c: /dev/i2c-1: bcm2835 (i2c@7e804000), held by the kernel's own drivers: 0x68"
                + " ds3231, `agent discover --ask /dev/i2c-1` would ask for chips by reading 0x48,"
                + " 0x49, 0x4a, 0x4b register 0x02; 0x53, 0x1d register 0x00; 0x68, 0x69 register"
                + " 0x75; 0x76, 0x77 register 0xd0\n");
  }

  @Test
  void aBoardWithoutBusesSaysHowToGetThem() throws IOException {
    Path bare = Files.createDirectory(root.resolve("bare"));

    assertThat(discover(bare))
        .contains("# serial: no port")
        .contains("# 1-wire: no bus. On a Raspberry Pi: `dtoverlay=w1-gpio`")
        .contains("# i2c: no bus. On a Raspberry Pi: `dtparam=i2c_arm=on`");
  }

  @Test
  void theProposalIsAConfigurationOnceItIsFilledIn() throws Exception {
    String filled =
        discover(root)
            .lines()
            .map(line -> line.startsWith("  # ") ? line.replaceFirst("  # ", "  ") : line)
            .reduce("", (all, line) -> all + line + '\n')
            .replace("MACHINE", "press-1")
            .replaceFirst("KEY", "parts")
            .replace("KEY", "scrap");
    Path file = Files.writeString(root.resolve("agent.yaml"), filled);

    assertThat(ConfigReader.read(file).sensors()).containsKeys("ttyusb0", "ttyama0");
  }
}
