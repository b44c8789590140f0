package fr.vigie.example.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The lines of a log, plain or gzipped, without those that are blank. Holds one line at a time. */
final class LogLines implements Closeable {
  static final int LONGEST = 65_536;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final InputStream bytes;
  private final StringBuilder line = new StringBuilder();
  private long number;

  /**
   * @throws IOException when the file cannot be read, or its name says gzip and its bytes do not
   */
  LogLines(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 65_536);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      if (!gzip && file.toString().endsWith(".gz")) {
        throw new IOException("is named .gz and is not gzip");
      }
      this.bytes = gzip ? new BufferedInputStream(new GZIPInputStream(raw, 65_536), 65_536) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The next line that is not blank; its bytes are kept as Latin-1 characters. */
  Optional<String> next() throws IOException {
    line.setLength(0);
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      if (b != '\n') {
        line.append((char) b);
        if (line.length() > LONGEST) {
          throw new IOException("line " + (number + 1) + " is longer than " + LONGEST + " bytes");
        }
        continue;
      }
      number++;
      if (!isBlank()) {
        return Optional.of(stripped());
      }
      line.setLength(0);
    }
    if (isBlank()) {
      return Optional.empty();
    }
    number++;
    String last = stripped();
    line.setLength(0);
    return Optional.of(last);
  }

  /** The number of the line returned last, from 1, blank ones counted. */
  long number() {
    return number;
  }

  static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private boolean isBlank() {
    return line.toString().isBlank();
  }

  private String stripped() {
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }
}
