package fr.vigie.server;

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
  private final String host;

  Announcement(DataFolder folder, Broker broker, @Value("${server.address}") String host) {
    this.folder = folder;
    this.broker = broker;
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
    }
  }
}
