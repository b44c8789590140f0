package fr.vigie.server.store;

import fr.vigie.signal.Names;

/** A signal of a machine of a site, as the store knows it. */
public record Series(String site, String machine, String signal) {
  /**
   * @throws IllegalArgumentException when a part is not a {@linkplain Names name}
   */
  public Series {
    Names.check("site", site);
    Names.check("machine", machine);
    Names.check("signal", signal);
  }

  @Override
  public String toString() {
    return site + '/' + machine + '/' + signal;
  }
}
