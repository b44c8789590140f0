package fr.vigie.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which batch a payload is, as far as that can be said even when the rest cannot be read: so that a
 * batch that will never be stored can be refused by its number instead of coming for ever.
 */
public record BatchIdentity(long epoch, long sequence) {
  /**
   * Empty when the payload does not say it, is damaged, or is of a version that is not known here:
   * a later server may be able to read it.
   */
  public static Optional<BatchIdentity> of(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == '{' ? ofJson(bytes) : ColumnsBatch.identity(bytes);
  }

  private static Optional<BatchIdentity> ofJson(byte[] bytes) {
    @Nullable Long[] found = new @Nullable Long[3];
    try {
      Json.read(
          "batch",
          bytes,
          in -> {
            in.object(
                "message",
                name -> {
                  switch (name) {
                    case "v" -> found[0] = in.whole(name);
                    case "epoch" -> found[1] = in.wholeText(name);
                    case "sequence" -> found[2] = in.whole(name);
                    default -> in.skip();
                  }
                });
            return found;
          });
    } catch (WireException e) {
      return identity(found);
    }
    return identity(found);
  }

  private static Optional<BatchIdentity> identity(@Nullable Long[] found) {
    Long version = found[0];
    Long epoch = found[1];
    Long sequence = found[2];
    return version != null
            && version == Json.VERSION
            && epoch != null
            && sequence != null
            && sequence > 0
        ? Optional.of(new BatchIdentity(epoch, sequence))
        : Optional.empty();
  }
}
