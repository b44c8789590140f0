package fr.vigie.agent.driver.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
  @TempDir Path root;

  private final Bench bench = new Bench();

  private Host config(String... wanted) {
    return new Host("board", root, Duration.ofSeconds(60), Measures.of(wanted));
  }

  private void put(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void raspberry() throws IOException {
    put("sys/class/thermal/thermal_zone0/type", "gpu-thermal\n");
    put("sys/class/thermal/thermal_zone0/temp", "71000\n");
    put("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
    put("sys/class/thermal/thermal_zone1/temp", "48312\n");
    put("sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n");
    put("sys/block/mmcblk0/device/life_time", "0x02 0x03\n");
    put("sys/block/mmcblk0boot0/device/none", "");
    put("proc/meminfo", "MemTotal:  1000 kB\nMemAvailable:    524288 kB\n");
    put("proc/loadavg", "0.42 0.30 0.20 1/123 4567\n");
  }

  private void read(Host config, int times) throws IOException {
    try (Driver driver = new Host.Reader(root, config, bench.context())) {
      while (bench.counters.read() < times) {
        driver.step();
      }
    }
  }

  @Test
  void aBoardTellsHowItIs() throws IOException {
    raspberry();
    read(config(), 1);

    assertThat(bench.readings)
        .contains(
            "temperature=48.3",
            "throttling=under-voltage,throttled",
            "disk-wear=30.0",
            "memory-available=512.0",
            "load=0.42")
        .hasSize(6);
    assertThat(new HashSet<>(bench.signals))
        .containsExactlyInAnyOrderElementsOf(config().describe());
  }

  @Test
  void aBoardThatIsNotHeldBackSaysSo() throws IOException {
    raspberry();
    put("sys/devices/platform/soc/soc:firmware/get_throttled", "0\n");
    read(config("throttling"), 1);

    assertThat(bench.readings).containsExactly("throttling=none");
  }

  @Test
  void whatABoardDoesNotTellIsMissingOnce() throws IOException {
    put("proc/loadavg", "1.00 0 0 1/1 1\n");
    put("sys/block/mmcblk0/device/life_time", "0x00 0x00\n");
    read(config("load", "throttling", "disk-wear", "temperature"), 3);

    assertThat(bench.readings)
        .containsExactly(
            "temperature=missing",
            "throttling=missing",
            "disk-wear=missing",
            "load=1.0",
            "load=1.0",
            "load=1.0");
  }

  @Test
  void aThingThatIsNoNumberIsNoValue() throws IOException {
    raspberry();
    put("sys/class/thermal/thermal_zone1/temp", "hot\n");
    put("sys/devices/platform/soc/soc:firmware/get_throttled", "zzz\n");
    read(config("temperature", "throttling"), 1);

    assertThat(bench.readings).containsExactly("temperature=missing", "throttling=missing");
  }

  @Test
  void aFolderThatIsNoneIsRefusedWithWhatToDo() {
    Host none = new Host("board", root.resolve("none"), Duration.ofSeconds(60), Measures.of());

    assertThatThrownBy(() -> none.open(bench.context()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("look at `disk`");
  }

  @Test
  void theBoardOfThisTestTellsItsLoadMemoryAndDisk() throws IOException {
    Host real =
        new Host(
            "board",
            Path.of("/"),
            Duration.ofSeconds(60),
            Measures.of("load", "memory-available", "disk-free"));
    try (Driver driver = real.open(bench.context())) {
      driver.step();
    }

    assertThat(bench.samples).hasSize(3);
  }
}
