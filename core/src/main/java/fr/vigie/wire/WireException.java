package fr.vigie.wire;

/** A message that cannot be read; the message says what was found and what was wanted. */
public final class WireException extends Exception {
  public WireException(String message) {
    super(message);
  }
}
