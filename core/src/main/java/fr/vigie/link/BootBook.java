package fr.vigie.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent knew of the time in its last boot sessions, oldest first, in one small file that
 * is replaced as a whole. Not safe for use by several threads.
 */
final class BootBook {
  private static final String FORM = "vigie clock 1";
  private static final int MOST = 64;

  private final Path file;
  private final LinkedHashMap<Long, Boot> boots = new LinkedHashMap<>();
  private Instant lastKnown = Instant.EPOCH;

  /** How sure the zero of a session is. */
  enum Worth {
    /** What the board believed; may still change. */
    BELIEVED,
    /** The session ended without a better word: settled, because batches were sent by it. */
    GUESSED,
    /** Learned in the session. */
    KNOWN
  }

  /**
   * @param zero where the session's zero lies, in nanoseconds since 1970
   * @param end the last moment that is known of it, in nanoseconds since its boot
   * @param uncertainty in nanoseconds, when known
   */
  record Boot(Worth worth, long zero, long end, long uncertainty) {}

  /** Opens the book of a folder; what cannot be read counts as unknown. */
  BootBook(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (!lines.isEmpty() && lines.get(0).equals(FORM)) {
        lines.subList(1, lines.size()).forEach(this::read);
      }
    }
  }

  private void read(String line) {
    String[] words = line.split(" ");
    try {
      if (words.length == 2 && words[0].equals("last-known")) {
        lastKnown = Instant.parse(words[1]);
      } else if (words.length == 6 && words[0].equals("boot")) {
        boots.put(
            Long.parseUnsignedLong(words[1], 16),
            new Boot(
                Worth.valueOf(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5])));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // A line that makes no sense tells nothing; the others still do.
    }
  }

  /** A time that was known to be right once, and has surely passed; 1970 when there was none. */
  Instant lastKnown() {
    return lastKnown;
  }

  void passed(Instant known) {
    lastKnown = known.isAfter(lastKnown) ? known : lastKnown;
  }

  Optional<Boot> boot(long session) {
    return Optional.ofNullable(boots.get(session));
  }

  void put(long session, Boot boot) {
    boots.put(session, boot);
    while (boots.size() > MOST) {
      boots.remove(boots.keySet().iterator().next());
    }
  }

  /** Moves the end of a session on, if it is known at all. */
  void lasted(long session, long end) {
    boots.computeIfPresent(
        session,
        (same, boot) ->
            new Boot(boot.worth(), boot.zero(), Math.max(boot.end(), end), boot.uncertainty()));
  }

  /**
   * Settles every earlier session that ended before its time was known: it began no earlier than
   * was believed then, and ended before the one after it began, which is the surer bound.
   *
   * @param session the present one
   * @param zero of the present one, which is known
   */
  void settle(long session, long zero) {
    List<Map.Entry<Long, Boot>> earlier = new ArrayList<>(boots.entrySet());
    long next = zero;
    for (int i = earlier.size() - 1; i >= 0; i--) {
      Boot boot = earlier.get(i).getValue();
      if (earlier.get(i).getKey() == session) {
        continue;
      }
      if (boot.worth() == Worth.BELIEVED) {
        boot = new Boot(Worth.GUESSED, Math.min(boot.zero(), next - boot.end()), boot.end(), 0);
        boots.put(earlier.get(i).getKey(), boot);
      }
      next = boot.zero();
    }
  }

  /** Makes it durable. */
  void write() throws IOException {
    StringBuilder text = new StringBuilder(FORM + "\nlast-known " + lastKnown + '\n');
    boots.forEach(
        (session, boot) ->
            text.append("boot ")
                .append(Long.toHexString(session))
                .append(' ')
                .append(boot.worth())
                .append(' ')
                .append(boot.zero())
                .append(' ')
                .append(boot.end())
                .append(' ')
                .append(boot.uncertainty())
                .append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
