package fr.vigie.link;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What went wrong with a broker, in words for people. */
final class PahoProblem {
  private PahoProblem() {}

  static String inWords(Throwable why, String address) {
    Optional<String> insecure = Authorities.problem(why);
    if (insecure.isPresent()) {
      return "no secure connection to " + address + ": " + insecure.get();
    }
    Throwable cause = why;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ConnectException) {
      return "no broker answers at " + address + ": is it started, and is the port right?";
    }
    if (cause instanceof UnknownHostException) {
      return "the name in " + address + " is not known: check the address and the network's DNS";
    }
    if (cause instanceof SocketTimeoutException) {
      return address + " does not answer in time: check cable, address and firewall";
    }
    if (cause instanceof MqttException mqtt) {
      return switch (mqtt.getReasonCode()) {
        case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
            address + " refuses the user name or password";
        case MqttException.REASON_CODE_NOT_AUTHORIZED ->
            address + " does not let this agent in: it is not authorised";
        case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
            address + " no longer answers";
        case MqttException.REASON_CODE_CONNECTION_LOST -> "the connection to " + address + " broke";
        default -> address + ": " + mqtt.getMessage() + " (" + mqtt.getReasonCode() + ")";
      };
    }
    if (cause instanceof EOFException) {
      return "the connection to " + address + " broke: the broker ended it";
    }
    return "the connection to " + address + " broke: " + cause.getMessage();
  }
}
