package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks for what is connected to one kind of bus, by means that change nothing on it. Found through
 * {@link java.util.ServiceLoader}.
 */
public interface Discovery {
  /** The kind of bus, as {@code serial} or {@code i2c}. */
  String bus();

  /**
   * @param root the root of the file system
   * @throws IOException when the system cannot be asked; the message says what to do
   */
  List<Found> look(Path root) throws IOException;
}
