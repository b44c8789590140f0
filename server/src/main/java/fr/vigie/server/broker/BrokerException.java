package fr.vigie.server.broker;

/** The broker could not start; the message is for the owner of the server. */
public final class BrokerException extends RuntimeException {
  BrokerException(String message) {
    super(message);
  }

  BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
