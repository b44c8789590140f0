package fr.vigie.server.plant;

import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people write down about machines (orders, scrap, reasons), in tables of {@code plant.db}
 * that only grow. Each machine has a revision that grows with every entry, so that figures made of
 * the entries know when they are out of date. Safe for use by several threads.
 */
@Component
public class Logbook {
  private final PlantDatabase database;

  Logbook(PlantDatabase database) {
    this.database = database;
  }

  /** How often something was written about a machine; 0 when nothing ever was. */
  public long revision(String machine) {
    return read(
        client ->
            client
                .sql("SELECT revision FROM logbook_revision WHERE machine = ?")
                .param(machine)
                .query(Long.class)
                .optional()
                .orElse(0L));
  }

  /** Writes about a machine: the entry and the new revision are durable together, or neither. */
  public void write(String machine, Consumer<JdbcClient> entry) {
    database.together(
        () -> {
          entry.accept(database.client());
          database
              .client()
              .sql(
                  "INSERT INTO logbook_revision VALUES (?, 1)"
                      + " ON CONFLICT (machine) DO UPDATE SET revision = revision + 1")
              .param(machine)
              .update();
        });
  }

  public <T> T read(Function<JdbcClient, T> question) {
    return question.apply(database.client());
  }
}
