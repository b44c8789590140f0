package fr.vigie.outbox;

import java.io.Closeable;
import java.io.IOException;

/** One open file of fixed length. */
interface DiskFile extends Closeable {
  long size() throws IOException;

  /** Fills as much as the file holds from this position; returns how many bytes that was. */
  int read(byte[] bytes, int from, int length, long position) throws IOException;

  void write(byte[] bytes, int from, int length, long position) throws IOException;

  /** What was written is durable once this returns; after an exception nobody knows. */
  void force() throws IOException;
}
