package fr.vigie.agent.bus.modbus;

/** The checksum of RTU frames: polynomial A001, from FFFF, low byte first. */
final class Crc16 {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
      }
      TABLE[i] = crc;
    }
  }

  private Crc16() {}

  static int of(byte[] bytes, int from, int to) {
    int crc = 0xFFFF;
    for (int i = from; i < to; i++) {
      crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xff];
    }
    return crc;
  }

  /** Puts the checksum behind what it is of. */
  static void put(byte[] bytes, int to) {
    int crc = of(bytes, 0, to);
    bytes[to] = (byte) crc;
    bytes[to + 1] = (byte) (crc >>> 8);
  }

  /** Whether the two bytes behind are the checksum. */
  static boolean holds(byte[] bytes, int from, int to) {
    int crc = of(bytes, from, to);
    return bytes[to] == (byte) crc && bytes[to + 1] == (byte) (crc >>> 8);
  }
}
