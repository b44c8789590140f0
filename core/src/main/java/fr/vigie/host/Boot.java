package fr.vigie.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which boot of the machine this is. */
public final class Boot {
  private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /**
   * The same number for every process of a boot, another for every boot; never 0. Where the system
   * has no such number, each process counts as a boot.
   */
  public static long id() {
    UUID id;
    try {
      id = UUID.fromString(Files.readString(ID).strip());
    } catch (IOException | IllegalArgumentException e) {
      id = UUID.randomUUID();
    }
    long number = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    return number == 0 ? 1 : number;
  }
}
