package fr.vigie.server;

import fr.vigie.server.store.Store;
import fr.vigie.server.store.ledger.LedgerStore;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says once, when all is up, where the page and the broker are. */
@Component
class Announcement {
  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

  private final DataFolder folder;
  private final Broker broker;
  private final Store store;
  private final String host;

  Announcement(
      DataFolder folder, Broker broker, Store store, @Value("${server.address}") String host) {
    this.folder = folder;
    this.broker = broker;
    this.store = store;
    this.host = host;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws IOException {
    if (event.getApplicationContext() instanceof WebServerApplicationContext context
        && context.getWebServer() != null) {
      String page = "http://" + host + ':' + context.getWebServer().getPort() + '/';
      folder.announce(page, broker.access().address());
      LOG.info(
          "page {}  broker {}{}  started in {} ms",
          page,
          broker.access(),
          broker.embedded().isPresent() ? " (embedded)" : "",
          event.getTimeTaken() == null ? 0 : event.getTimeTaken().toMillis());
      if (store instanceof LedgerStore ledger) {
        reach(ledger);
      }
    }
  }

  private static void reach(LedgerStore store) {
    try {
      store.reach();
      LOG.info("samples are kept in {}", store.engine());
    } catch (IOException e) {
      LOG.error("{}; agents keep what they have until then", e.getMessage());
    }
  }
}
