package fr.vigie.example.replay;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Gives each log a machine of its own, named after its file. */
final class MachineNames {
  private static final int LONGEST = 56;

  private final Set<String> taken = new HashSet<>();

  /** A name that this object has not given before. */
  String of(Path file) {
    String name = file.getFileName().toString();
    name = name.replaceFirst("\\.gz$", "").replaceFirst("\\.(txt|log|csv|shdr)$", "");
    name = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    name = name.substring(0, Math.min(LONGEST, name.length()));
    if (name.isEmpty()) {
      name = "log";
    }
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + '-' + i;
    }
    return unique;
  }
}
