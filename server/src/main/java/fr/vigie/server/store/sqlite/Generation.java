package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The file {@code generation}: a random text that tells one history of a store from another. */
final class Generation {
  private static final String NAME = "generation";
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Generation() {}

  /** The one of a store's folder, drawn when there is none that can be read. */
  static String of(Path folder) throws IOException {
    Optional<String> kept = read(folder);
    return kept.isPresent() ? kept.get() : renew(folder);
  }

  static Optional<String> read(Path folder) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1).strip())
          .filter(text -> TEXT.matcher(text).matches());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Draws a new one; it is durable when this returns. */
  static String renew(Path folder) throws IOException {
    String drawn = UUID.randomUUID().toString();
    Path file = folder.resolve(NAME);
    Path draft = folder.resolve(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap((drawn + '\n').getBytes(StandardCharsets.ISO_8859_1)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Sql.syncFolder(file);
    return drawn;
  }
}
