package fr.vigie.server.store.lines;

import java.io.IOException;
import java.net.URI;

/**
 * Where a database is and how to enter it.
 *
 * @param database its name there; empty where there are none
 * @param user empty when it asks for none
 */
public record Address(URI url, String database, String user, Secret password) {
  /** Read at every check of the database, so that it may change. */
  public interface Secret {
    String read() throws IOException;
  }

  public static Address open(URI url, String database) {
    return new Address(url, database, "", () -> "");
  }
}
