package fr.vigie.server;

import fr.vigie.server.broker.BrokerException;
import fr.vigie.server.settings.ConfigurationMistakes;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;

/** A failure to start that its reader can mend: what to tell, and the exit code. */
record StartFailure(String message, int exitCode) {
  static final int CONFIGURATION = 78;

  /** What is to be told of a failure; empty when it is a fault of ours. */
  static Optional<StartFailure> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationMistakes) {
        return Optional.of(new StartFailure(String.valueOf(cause.getMessage()), CONFIGURATION));
      }
      if (cause instanceof BrokerException) {
        return Optional.of(new StartFailure(String.valueOf(cause.getMessage()), CONFIGURATION));
      }
      if (cause instanceof PortInUseException inUse) {
        return Optional.of(
            new StartFailure(
                "port "
                    + inUse.getPort()
                    + " is in use by another program: stop it, or choose another with --port",
                CONFIGURATION));
      }
    }
    return Optional.empty();
  }
}
