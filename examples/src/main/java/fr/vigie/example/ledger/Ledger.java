package fr.vigie.example.ledger;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of everything that devices said. An entry is in the operating system's hands when {@link
 * #add} returns, so that it survives the kill of this process. Safe for use by several threads.
 */
public final class Ledger implements Closeable {
  private final FileChannel file;

  /** Continues the file, or begins it. */
  public Ledger(Path file) throws IOException {
    this.file =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
  }

  /** Adds the values of one message, all or, when the process dies, none but the first few. */
  public synchronized void add(List<Entry> entries) throws IOException {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry.line()).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * Every complete entry of a file; a torn last line, without its line feed, is left out.
   *
   * @throws IllegalArgumentException when another line is not one of a ledger
   */
  public static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          entries.add(Entry.parse(line.toString()));
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    }
    return entries;
  }
}
