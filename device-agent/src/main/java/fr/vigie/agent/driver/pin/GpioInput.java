package fr.vigie.agent.driver.pin;

import fr.vigie.agent.bus.EdgePort;
import fr.vigie.agent.bus.GpioLines;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a driver's GPIO lines are wired.
 *
 * @param chip path, name or label of the chip; without it, the one that has a line of that name
 * @param active the voltage at which a line counts as active
 * @param bias the resistor within the chip
 */
public record GpioInput(
    Optional<String> chip, @Default("high") Voltage active, @Default("as-is") GpioLines.Bias bias) {
  /** What is measured at a line. */
  public enum Voltage {
    HIGH,
    LOW
  }

  /** Notes what is wrong with a line's name or number. */
  void check(Mistakes mistakes, String key, String line) {
    boolean numbered = line.matches("\\d+");
    mistakes
        .unless(
            line.matches("\\S{1,31}") && !(numbered && line.length() > 4),
            key,
            "'" + line + "'",
            "a line's name such as GPIO4, or its number on the chip")
        .unless(
            !numbered || chip.isPresent(),
            "chip",
            "nothing",
            "the chip whose line " + line + " is meant, such as pinctrl-bcm2711, or a line's name");
  }

  Place place(List<String> lines) {
    return new Place(
        "GPIO chip" + chip.map(name -> ' ' + name).orElse(""),
        "line " + String.join(", ", lines),
        "");
  }

  EdgePort open(List<String> lines, GpioLines.Edges edges, DriverContext context)
      throws IOException {
    return new GpioLines(
            chip.orElse(""), lines, bias, active == Voltage.LOW, edges, "vigie " + context.sensor())
        .open();
  }
}
