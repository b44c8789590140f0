package fr.vigie.agent.telegram;

import java.util.Optional;

/**
 * What a value information field (VIF) of M-Bus means.
 *
 * @param name such as {@code energy}
 * @param unit UCUM symbol
 * @param exponent the power of ten that the number is to be multiplied by
 */
record MbusMeaning(String name, String unit, int exponent) {
  private static final String[] TIME = {"s", "min", "h", "d"};

  /** Of the plain table; empty where it gives no number, or none that this agent knows. */
  static Optional<MbusMeaning> plain(int vif) {
    int three = vif & 7;
    int two = vif & 3;
    return switch (vif >> 3) {
      case 0x00 -> of("energy", "W.h", three - 3);
      case 0x01 -> of("energy", "J", three);
      case 0x02 -> of("volume", "m3", three - 6);
      case 0x03 -> of("mass", "kg", three - 3);
      case 0x04 -> of(vif < 0x24 ? "on-time" : "operating-time", TIME[two], 0);
      case 0x05 -> of("power", "W", three - 3);
      case 0x06 -> of("power", "J/h", three);
      case 0x07 -> of("volume-flow", "m3/h", three - 6);
      case 0x08 -> of("volume-flow", "m3/min", three - 7);
      case 0x09 -> of("volume-flow", "m3/s", three - 9);
      case 0x0A -> of("mass-flow", "kg/h", three - 3);
      case 0x0B -> of(vif < 0x5C ? "flow-temperature" : "return-temperature", "Cel", two - 3);
      case 0x0C ->
          vif < 0x64
              ? of("temperature-difference", "K", two - 3)
              : of("external-temperature", "Cel", two - 3);
      case 0x0D -> vif < 0x6C ? of("pressure", "bar", two - 3) : Optional.empty();
      case 0x0E ->
          vif < 0x74 ? of("averaging-time", TIME[two], 0) : of("actuality-time", TIME[two], 0);
      default -> Optional.empty();
    };
  }

  /** Of the table behind FD. */
  static Optional<MbusMeaning> first(int vif) {
    return switch (vif >> 4) {
      case 0x04 -> of("voltage", "V", (vif & 15) - 9);
      case 0x05 -> of("current", "A", (vif & 15) - 12);
      default ->
          switch (vif) {
            case 0x1B -> of("digital-input", "", 0);
            case 0x3A -> of("number", "", 0);
            case 0x60 -> of("resets", "", 0);
            case 0x61 -> of("cumulations", "", 0);
            default -> Optional.empty();
          };
    };
  }

  /** Of the table behind FB. */
  static Optional<MbusMeaning> second(int vif) {
    return switch (vif) {
      case 0x00, 0x01 -> of("energy", "MW.h", vif - 1);
      case 0x08, 0x09 -> of("energy", "GJ", vif - 9);
      case 0x10, 0x11 -> of("volume", "m3", vif - 0x10 + 2);
      case 0x18, 0x19 -> of("mass", "t", vif - 0x18 + 2);
      case 0x1A, 0x1B -> of("humidity", "%", vif - 0x1B);
      case 0x28, 0x29 -> of("power", "MW", vif - 0x29);
      case 0x2C, 0x2D, 0x2E, 0x2F -> of("frequency", "Hz", (vif & 3) - 3);
      case 0x30, 0x31 -> of("power", "GJ/h", vif - 0x31);
      default -> Optional.empty();
    };
  }

  private static Optional<MbusMeaning> of(String name, String unit, int exponent) {
    return Optional.of(new MbusMeaning(name, unit, exponent));
  }
}
