package fr.vigie.server.ingest;

import fr.vigie.server.store.Series;
import fr.vigie.signal.Kind;
import java.nio.file.Path;
import java.util.Map;

/** Of which kind signals are, by what agents said of them last. Any thread may ask. */
public final class SignalKinds {
  private SignalKinds() {}

  /**
   * Read from disk, also of signals that are gone from their agent since.
   *
   * @param folder the data folder
   */
  public static Map<Series, Kind> of(Path folder) {
    return Births.of(folder).kinds();
  }
}
