package fr.vigie.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What every driver of a device that is asked promises. */
public abstract class DriverContract {
  protected final Bench bench = new Bench();

  /** A configuration whose device is not there. */
  protected abstract DriverConfig absent() throws IOException;

  /** A configuration whose device is there and sound. */
  protected abstract DriverConfig sound();

  /** Opens the sound device of the test. */
  protected abstract Driver open() throws IOException;

  /** The sound device is lost from now on. */
  protected abstract void lose() throws IOException;

  /** Steps until the driver has read its device as often. */
  protected final void read(Driver driver, int times) throws IOException {
    long end = bench.counters.read() + times;
    for (int i = 0; i < 10_000 && bench.counters.read() < end; i++) {
      driver.step();
    }
    assertThat(bench.counters.read()).as("reads").isGreaterThanOrEqualTo(end);
  }

  @Test
  void anAbsentDeviceIsRefusedWithWhatToDo() throws IOException {
    DriverConfig absent = absent();

    assertThatThrownBy(() -> absent.open(bench.context()))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?s).{10,}: .{10,}");
  }

  @Test
  void whatIsHandedOverIsExactlyWhatWasDescribed() throws IOException {
    try (Driver driver = open()) {
      read(driver, 8);
    }

    assertThat(new HashSet<>(bench.signals))
        .containsExactlyInAnyOrderElementsOf(sound().describe());
  }

  @Test
  void aDeviceThatIsLostWhileItIsReadIsAnErrorAndGivesNoValue() throws IOException {
    try (Driver driver = open()) {
      read(driver, 4);
      lose();
      int before = bench.readings.size();

      assertThatThrownBy(() -> read(driver, 4)).isInstanceOf(IOException.class);
      assertThat(bench.readings).hasSize(before);
    }
  }

  @Test
  void closingTwiceDoesNothingMore() throws IOException {
    Driver driver = open();
    driver.close();
    driver.close();
  }
}
