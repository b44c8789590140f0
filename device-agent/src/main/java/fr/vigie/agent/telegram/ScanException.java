package fr.vigie.agent.telegram;

/** What a scanner gave is no whole code. */
public final class ScanException extends Exception {
  private static final long serialVersionUID = 1;

  public ScanException(String message) {
    super(message);
  }
}
