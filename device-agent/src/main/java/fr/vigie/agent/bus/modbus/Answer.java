package fr.vigie.agent.bus.modbus;

/** What became of a question. */
public sealed interface Answer {
  /**
   * What was asked for.
   *
   * @param bytes registers, high byte first; or bits, the lowest first
   * @param asked when the question left, in nanoseconds of the monotonic clock
   */
  record Data(byte[] bytes, long asked) implements Answer {}

  /** The device answered that it will not: an exception, by its code. */
  record Refused(int code) implements Answer {
    private static final int ADDRESS = 2;
    private static final int VALUE = 3;
    private static final int GATEWAY_PATH = 10;
    private static final int GATEWAY_TARGET = 11;

    /** Whether asking for less may help. */
    public boolean isOfTheRange() {
      return code == ADDRESS || code == VALUE;
    }

    /** Whether a gateway says it in place of a device that it cannot reach. */
    public boolean isOfAGateway() {
      return code == GATEWAY_PATH || code == GATEWAY_TARGET;
    }

    @Override
    public String toString() {
      return "exception "
          + code
          + switch (code) {
            case 1 -> ", the device does not know this function";
            case ADDRESS -> ", the device has no such address";
            case VALUE -> ", the device does not give so many at once";
            case 4 -> ", the device failed";
            case 5 -> ", the device needs longer";
            case 6 -> ", the device is busy";
            case 8 -> ", the device's memory has an error";
            case GATEWAY_PATH -> ", the gateway has no way to the device";
            case GATEWAY_TARGET -> ", the device does not answer the gateway";
            default -> "";
          };
    }
  }

  /** Something came that cannot be believed. */
  record Damaged(String why) implements Answer {}

  /** Nothing came in time. */
  record Silence() implements Answer {}
}
