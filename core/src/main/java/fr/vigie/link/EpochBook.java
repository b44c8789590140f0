package fr.vigie.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which store acknowledged what is kept here, and when each kept epoch began; in a file of a few
 * lines. An old one, after a power cut or a refusal of the disk, only makes the agent ask once
 * more.
 */
final class EpochBook {
  private static final Logger LOG = LoggerFactory.getLogger(EpochBook.class);

  private final Path file;
  private final Map<Long, Instant> began = new TreeMap<>();
  private String store = "";
  private boolean refused;

  EpochBook(Path file) throws IOException {
    this.file = file;
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      read(line.split(" ", 3));
    }
  }

  private void read(String[] words) {
    try {
      if (words.length == 2 && words[0].equals("store")) {
        store = words[1];
      } else if (words.length == 3 && words[0].equals("epoch")) {
        began.put(Long.parseLong(words[1]), Instant.parse(words[2]));
      }
    } catch (NumberFormatException | DateTimeException e) {
      // A line that makes no sense is as good as one that is not there.
    }
  }

  /** The store that last acknowledged; empty when none is known. */
  String store() {
    return store;
  }

  Optional<Instant> began(long epoch) {
    return Optional.ofNullable(began.get(epoch));
  }

  void remember(String itsStore) {
    store = itsStore;
    write();
  }

  /** An epoch begins; those that are not kept are forgotten. */
  void begin(long epoch, Instant now, Collection<Long> kept) {
    began.keySet().retainAll(kept);
    began.put(epoch, now);
    write();
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    if (!store.isEmpty()) {
      lines.add("store " + store);
    }
    began.forEach((epoch, start) -> lines.add("epoch " + epoch + " " + start));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, lines);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      refused = false;
    } catch (IOException e) {
      if (!refused) {
        LOG.warn("{} cannot be written, and is known in memory only: {}", file, e.toString());
      }
      refused = true;
    }
  }
}
