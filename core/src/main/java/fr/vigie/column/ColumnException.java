package fr.vigie.column;

/** Bytes that are not columns of this codec, or damaged ones; the message says what was found. */
public final class ColumnException extends Exception {
  public ColumnException(String message) {
    super(message);
  }
}
