package fr.vigie.server.explain;

import java.io.IOException;

/** Takes the value of a figure out of what was found. */
interface Value {
  /**
   * @throws IOException when the store cannot be read
   */
  Amount of(Found found) throws IOException;
}
