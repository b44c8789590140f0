package fr.vigie.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The files of one outbox. A seam: tests cut the power between any two bytes. */
interface Disk extends Closeable {
  List<String> names() throws IOException;

  DiskFile open(String name) throws IOException;

  /** A new file of zeros; it and its name are durable once this returns. */
  DiskFile create(String name, int bytes) throws IOException;

  void delete(String name) throws IOException;

  void copy(String name, String to) throws IOException;

  /** The size of the largest segment file, this at least. */
  default int largest(int least) throws IOException {
    int largest = least;
    for (String name : names()) {
      if (Segments.NAME.matcher(name).matches()) {
        try (DiskFile file = open(name)) {
          largest = (int) Math.max(largest, Math.min(file.size(), Image.MOST));
        }
      }
    }
    return largest;
  }

  /** Keeps every other process out until {@link #close}. */
  void lock() throws IOException;
}
