package fr.vigie.example.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What is written while the power is cut. */
public enum Victim {
  /** The server's chunk store; records are samples. */
  STORE(StoreWriter.class) {
    @Override
    Counts check(Path folder, Map<String, Long> told) throws IOException {
      return StoreWriter.check(folder, told);
    }
  },
  /** The agent's outbox; records are its records. */
  OUTBOX(OutboxWriter.class) {
    @Override
    Counts check(Path folder, Map<String, Long> told) throws IOException {
      return OutboxWriter.check(folder, told);
    }
  };

  private final Class<?> writer;

  Victim(Class<?> writer) {
    this.writer = writer;
  }

  /** The main class of the process that writes; it is given a folder and the number of its life. */
  String writer() {
    return writer.getName();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Opens what is left of a folder and compares it with the last word of each kind. */
  abstract Counts check(Path folder, Map<String, Long> told) throws IOException;
}
