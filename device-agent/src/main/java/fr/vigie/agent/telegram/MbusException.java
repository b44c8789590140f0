package fr.vigie.agent.telegram;

/** Bytes that are no M-Bus telegram, or one that cannot be understood for certain. */
public final class MbusException extends Exception {
  private static final long serialVersionUID = 1;

  public MbusException(String message) {
    super(message);
  }
}
