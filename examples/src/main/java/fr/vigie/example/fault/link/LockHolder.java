package fr.vigie.example.fault.link;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a SQLite database for writing, for a while, again and again, as a slow disk would. */
final class LockHolder implements Closeable {
  private final Path database;
  private final Duration hold;
  private final AtomicInteger times = new AtomicInteger();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::holdOn, "lock holder");
  private volatile Optional<SQLException> failure = Optional.empty();

  private LockHolder(Path database, Duration hold) {
    this.database = database;
    this.hold = hold;
  }

  static LockHolder of(Path database, Duration hold) {
    LockHolder holder = new LockHolder(database, hold);
    holder.thread.setDaemon(true);
    holder.thread.start();
    return holder;
  }

  int times() {
    return times.get();
  }

  /**
   * @throws IOException when the database could not be held
   */
  @Override
  public void close() throws IOException {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure.isPresent()) {
      throw new IOException("cannot hold " + database, failure.get());
    }
  }

  private void holdOn() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=10000");
      boolean over = false;
      while (!over) {
        statement.execute("BEGIN IMMEDIATE");
        over = stop.await(hold.toMillis(), TimeUnit.MILLISECONDS);
        statement.execute("COMMIT");
        times.incrementAndGet();
        over |= stop.await(hold.toMillis() / 10, TimeUnit.MILLISECONDS);
      }
    } catch (SQLException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
