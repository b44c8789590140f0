package fr.vigie.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the broker, made anew after every break, each time a little later, and what is
 * to be told of it. Not safe for use by several threads: the courier guards it.
 */
final class Call {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final Connector connector;
  private final Timekeeper timekeeper;
  private final Backoff backoff;
  private final Backoff aside;
  private Optional<Connection> connection = Optional.empty();
  private boolean greeted;
  private boolean unanswered;
  private long retryAt;
  private Instant since;
  private String problem = "";

  Call(Connector connector, Timekeeper timekeeper, RandomGenerator random, long now) {
    this.connector = connector;
    this.timekeeper = timekeeper;
    this.aside = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), random);
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    this.since = timekeeper.mark();
    this.retryAt = now;
  }

  /** Whether there is no connection and it is time to make one. */
  boolean isDue(long now) {
    return connection.isEmpty() && now - retryAt >= 0;
  }

  /** For how long nothing is to be done about a connection unless one has news, in nanoseconds. */
  long idle(long now) {
    return connection.isPresent() ? Long.MAX_VALUE : Math.max(0, retryAt - now);
  }

  void dial(List<String> subscriptions, Connector.Will will) {
    greeted = false;
    connection = Optional.of(connector.connect(subscriptions, will));
  }

  /** The connection, whatever its state. */
  Optional<Connection> connection() {
    return connection;
  }

  String address() {
    return connector.address();
  }

  /** Whether the broker has taken the first words of this connection. */
  boolean isGreeted() {
    return greeted;
  }

  /** The broker has taken the first words. */
  void greeted(String stillWrong) {
    greeted = true;
    since = timekeeper.mark();
    if (!unanswered) {
      problem = stillWrong;
    }
    LOG.info("Connected to {}", connector.address());
  }

  /** Ends the connection; the next one is made after a while. */
  void hangUp(String why, long now) {
    end(why);
    retryAt = now + backoff.next().toNanos();
  }

  /** Ends the connection, and leaves the broker to somebody else for some minutes. */
  void stepAside(String why, long now) {
    end(why);
    retryAt = now + aside.next().toNanos();
  }

  private void end(String why) {
    if (greeted || problem.isEmpty()) {
      since = timekeeper.mark();
    }
    if (!why.equals(problem)) {
      LOG.warn("No link: {}", why);
    }
    problem = why;
    greeted = false;
    close();
  }

  private void close() {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }

  /** The broker is there, and the server does not answer what it gets. */
  void notAnswered(String why, long now) {
    unanswered = true;
    hangUp(why, now);
  }

  /** The server answers, and stores nothing. */
  void notStored(String why) {
    if (!unanswered) {
      unanswered = true;
      since = timekeeper.mark();
      problem = why;
      LOG.warn("Nothing moves: {}", why);
    }
  }

  /** Something that was sent is stored. */
  void stored() {
    backoff.reset();
    if (unanswered) {
      unanswered = false;
      problem = "";
    }
  }

  /** What is sent cannot be read any more. */
  void broken(String why) {
    problem = why;
  }

  /** Says a last word, if the broker can hear it. */
  void farewell(String topic, byte[] payload) {
    connection.ifPresent(
        open -> {
          if (open.state() == Connection.State.UP) {
            open.publish(topic, payload, true);
          }
        });
    close();
  }

  /** What is wrong; empty when nothing is. */
  String problem() {
    return problem;
  }

  /** Since when it is as it is, by the timekeeper's marks. */
  Instant since() {
    return since;
  }
}
