package fr.vigie.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Lets the fuzzer past a checksum that it would never guess. */
final class Checksum {
  private Checksum() {}

  /** The bytes with the CRC-32C of all of them behind. */
  static byte[] append(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 4))
        .putInt(bytes.length, (int) crc.getValue())
        .array();
  }
}
