package fr.vigie.server;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps Spring from printing a stack trace for a failure that {@link ServerMain} explains. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class QuietFailures implements SpringBootExceptionReporter {
  QuietFailures(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    return StartFailure.of(failure).isPresent();
  }
}
