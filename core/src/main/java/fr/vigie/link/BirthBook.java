package fr.vigie.link;

import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The births that waiting batches may refer to. A batch from before a change of configuration
 * counts its signals in the list of its own time, which the server may never have seen.
 */
final class BirthBook {
  private static final int MOST = 256;

  private final Path folder;
  private boolean alone;

  BirthBook(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  void keep(Birth birth) throws IOException {
    alone = false;
    Path file = folder.resolve(Integer.toHexString(birth.id()) + ".json");
    if (!Files.exists(file)) {
      Path fresh = folder.resolve("new");
      Files.write(fresh, BirthCodec.encode(birth));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forgetOldest();
    }
  }

  private void forgetOldest() throws IOException {
    List<Path> files = new ArrayList<>(files());
    files.sort(Comparator.comparing(file -> file.toFile().lastModified()));
    for (int i = 0; i < files.size() - MOST; i++) {
      Files.delete(files.get(i));
    }
  }

  /** Every birth kept but the given one; one that cannot be read is left out. */
  List<Birth> others(Birth current) throws IOException {
    List<Birth> births = new ArrayList<>();
    for (Path file : files()) {
      try {
        Birth birth = BirthCodec.decode(Files.readAllBytes(file));
        if (birth.id() != current.id()) {
          births.add(birth);
        }
      } catch (WireException e) {
        Files.delete(file);
      }
    }
    return births;
  }

  void keepOnly(Birth current) throws IOException {
    if (alone) {
      return;
    }
    String name = Integer.toHexString(current.id()) + ".json";
    for (Path file : files()) {
      if (!file.getFileName().toString().equals(name)) {
        Files.delete(file);
      }
    }
    alone = true;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }
}
