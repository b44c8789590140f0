package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Kind;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents said of themselves, one file a birth, so that a batch can be read after a restart.
 * The births used last are in memory. For one thread.
 */
final class Births {
  private static final Logger LOG = LoggerFactory.getLogger(Births.class);
  private static final int MOST_SIGNALS_IN_MEMORY = 200_000;
  private static final int MOST_OF_ONE_AGENT = 64;

  private final Path folder;
  private final LinkedHashMap<Key, KnownBirth> memory = new LinkedHashMap<>(16, 0.75f, true);
  private long signalsInMemory;

  private record Key(Source source, int id) {}

  Births(Path folder) {
    this.folder = folder;
  }

  /** Those in the folder of all that a server keeps. */
  static Births of(Path data) {
    return new Births(data.resolve("births"));
  }

  Optional<KnownBirth> find(Source source, int id) {
    Key key = new Key(source, id);
    KnownBirth known = memory.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<KnownBirth> kept =
        read(file(source, id)).map(birth -> new KnownBirth(source.site(), birth));
    kept.ifPresent(birth -> remember(key, birth));
    return kept;
  }

  /**
   * Known from now on.
   *
   * @throws IOException when it is known in memory, but could not be kept on disk
   */
  void keep(Source source, Birth birth) throws IOException {
    Key key = new Key(source, birth.id());
    Path file = file(source, key.id());
    remember(key, new KnownBirth(source.site(), birth));
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(birth.at()));
      return;
    }
    Path agent = agent(source);
    Files.createDirectories(agent);
    Path draft = file.resolveSibling("draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(BirthCodec.encode(birth));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.setLastModifiedTime(draft, FileTime.from(birth.at()));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forgetOldest(agent);
  }

  /** The birth of every agent that was said last. */
  Map<Source, Birth> latest() {
    Map<Source, Birth> latest = new HashMap<>();
    for (Path site : children(folder)) {
      for (Path agent : children(site)) {
        newest(agent)
            .ifPresent(
                birth ->
                    latest.put(
                        new Source(site.getFileName().toString(), agent.getFileName().toString()),
                        birth));
      }
    }
    return latest;
  }

  /** The kind of every signal, by the birth that told of it last. */
  Map<Series, Kind> kinds() {
    Map<Series, Kind> kinds = new HashMap<>();
    for (Path site : children(folder)) {
      for (Path agent : children(site)) {
        for (Path file : files(agent)) {
          read(file)
              .ifPresent(
                  birth ->
                      birth
                          .signals()
                          .forEach(
                              signal ->
                                  kinds.put(
                                      new Series(
                                          site.getFileName().toString(),
                                          signal.machine(),
                                          signal.name()),
                                      signal.kind())));
        }
      }
    }
    return kinds;
  }

  private static Optional<Birth> newest(Path agent) {
    List<Path> files = files(agent);
    for (int i = files.size() - 1; i >= 0; i--) {
      Optional<Birth> birth = read(files.get(i));
      if (birth.isPresent()) {
        return birth;
      }
    }
    return Optional.empty();
  }

  private void remember(Key key, KnownBirth birth) {
    KnownBirth before = memory.put(key, birth);
    signalsInMemory += 1 + birth.signals() - (before == null ? 0 : 1 + before.signals());
    Iterator<KnownBirth> eldest = memory.values().iterator();
    while (signalsInMemory > MOST_SIGNALS_IN_MEMORY && memory.size() > 1) {
      signalsInMemory -= 1 + eldest.next().signals();
      eldest.remove();
    }
  }

  private void forgetOldest(Path agent) throws IOException {
    List<Path> files = files(agent);
    for (int i = 0; i < files.size() - MOST_OF_ONE_AGENT; i++) {
      Files.deleteIfExists(files.get(i));
    }
  }

  private Path file(Source source, int id) {
    return agent(source).resolve(String.format("%08x.json", id));
  }

  private Path agent(Source source) {
    return folder.resolve(source.site()).resolve(source.agent());
  }

  private static Optional<Birth> read(Path file) {
    try {
      return Optional.of(BirthCodec.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | WireException e) {
      LOG.warn("{} cannot be read and the agent will be asked again: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static List<Path> files(Path agent) {
    List<Path> files = new ArrayList<>();
    for (Path file : children(agent)) {
      if (file.toString().endsWith(".json")) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(file -> file.toFile().lastModified()));
    return files;
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(children::add);
      } catch (IOException e) {
        LOG.warn("{} cannot be listed: {}", folder, e.toString());
      }
    }
    return children;
  }
}
