package fr.vigie.server.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that could not be read, in a folder: one file each, whose first line says when, where
 * and why, and whose rest is the payload. The oldest go when there are too many; all are counted. A
 * message that comes again unchanged is counted, not kept twice. Safe for several threads.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int MOST_REMEMBERED = 1_000;
  private static final int LONGEST_LINE = 2_000;

  private final Path folder;
  private final InstantSource clock;
  private final int most;
  private final long mostBytes;
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private final Map<Long, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private long bytes;
  private long number;
  private long came;
  private long dropped;

  private record Kept(Path file, long size) {}

  public DeadLetters(Path folder, InstantSource clock) {
    this(folder, clock, 1_000, 50L << 20);
  }

  DeadLetters(Path folder, InstantSource clock, int most, long mostBytes) {
    this.folder = folder;
    this.clock = clock;
    this.most = most;
    this.mostBytes = mostBytes;
    for (Path file : files()) {
      long size = file.toFile().length();
      kept.add(new Kept(file, size));
      bytes += size;
    }
  }

  /** Sets a message aside. */
  public synchronized void add(String topic, String reason, byte[] payload) {
    came++;
    if (seen.put(fingerprint(topic, payload), true) != null) {
      return;
    }
    Instant at = clock.instant();
    String line = at + "\t" + clean(topic) + "\t" + clean(reason) + "\n";
    String name = String.format("%013d-%06d.letter", at.toEpochMilli(), number++ % 1_000_000);
    Path file = folder.resolve(name);
    byte[] head = line.getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(head);
        out.write(payload);
      }
      kept.add(new Kept(file, head.length + (long) payload.length));
      bytes += head.length + (long) payload.length;
      forgetOldest();
    } catch (IOException e) {
      dropped++;
      LOG.warn("a dead letter from {} could not be kept: {}", clean(topic), e.toString());
    }
  }

  /** The letters that are kept, the newest first. */
  public synchronized List<DeadLetter> list() {
    return list(Integer.MAX_VALUE);
  }

  /** At most so many of the letters that are kept, the newest first. */
  public synchronized List<DeadLetter> list(int most) {
    List<DeadLetter> letters = new ArrayList<>();
    Iterator<Kept> newest = kept.descendingIterator();
    while (newest.hasNext() && letters.size() < most) {
      read(newest.next().file()).ifPresent(letters::add);
    }
    return letters;
  }

  /**
   * The bytes of a letter as they came; empty when it is not kept.
   *
   * @param file as in {@link DeadLetter#file()}
   */
  public synchronized Optional<byte[]> payload(String file) throws IOException {
    for (Kept letter : kept) {
      if (letter.file().getFileName().toString().equals(file)) {
        byte[] bytes = Files.readAllBytes(letter.file());
        int line = 0;
        while (line < bytes.length && bytes[line] != '\n') {
          line++;
        }
        return Optional.of(
            Arrays.copyOfRange(bytes, Math.min(line + 1, bytes.length), bytes.length));
      }
    }
    return Optional.empty();
  }

  /** How many came since the start, those that came again included. */
  public synchronized long came() {
    return came;
  }

  /** How many are kept. */
  public synchronized int kept() {
    return kept.size();
  }

  /** How many went since the start, to make room or because the disk did not take them. */
  public synchronized long dropped() {
    return dropped;
  }

  private void forgetOldest() throws IOException {
    while (kept.size() > most || bytes > mostBytes) {
      Kept oldest = kept.removeFirst();
      bytes -= oldest.size();
      dropped++;
      Files.deleteIfExists(oldest.file());
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.letter")) {
        entries.forEach(files::add);
      } catch (IOException e) {
        LOG.warn("{} cannot be listed: {}", folder, e.toString());
      }
    }
    Collections.sort(files);
    return files;
  }

  private static Optional<DeadLetter> read(Path file) {
    try (InputStream in = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      @Nullable String line = reader.readLine();
      String[] words = line == null ? new String[0] : line.split("\t", -1);
      if (line == null || words.length != 3) {
        return Optional.empty();
      }
      long head = line.getBytes(StandardCharsets.UTF_8).length + 1L;
      return Optional.of(
          new DeadLetter(
              file.getFileName().toString(),
              Instant.parse(words[0]),
              words[1],
              words[2],
              Files.size(file) - head));
    } catch (IOException | java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String clean(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    return plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) + "…" : plain;
  }

  private static long fingerprint(String topic, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (crc.getValue() << 32) ^ topic.hashCode() ^ ((long) payload.length << 16);
  }
}
