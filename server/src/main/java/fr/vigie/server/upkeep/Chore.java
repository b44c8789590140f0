package fr.vigie.server.upkeep;

import java.io.IOException;

/** What is looked after now and then, on the thread of the upkeep. */
public interface Chore {
  /** Called every few minutes; does nothing when not due. */
  void run() throws IOException;
}
