package fr.vigie.server.plant;

import fr.vigie.server.settings.VigieSettings;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The configuration database: one SQLite file, brought to the newest schema when opened. */
@Component
public final class PlantDatabase {
  private final JdbcClient client;
  private final TransactionTemplate transaction;

  public PlantDatabase(VigieSettings settings) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(5_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + settings.folder().resolve("plant.db"));
    Flyway.configure().dataSource(source).locations("classpath:db/plant").load().migrate();
    this.client = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  public JdbcClient client() {
    return client;
  }

  /** Runs the work as one transaction: all of it is durable when this returns, or none. */
  public void together(Runnable work) {
    transaction.executeWithoutResult(status -> work.run());
  }
}
