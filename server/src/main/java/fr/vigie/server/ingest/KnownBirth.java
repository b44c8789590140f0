package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Birth;
import fr.vigie.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/** A birth, and the series that its signals are stored under. */
final class KnownBirth {
  private final Birth birth;
  private final List<Series> series;

  KnownBirth(String site, Birth birth) {
    this.birth = birth;
    this.series =
        birth.signals().stream()
            .map(signal -> new Series(site, signal.machine(), signal.name()))
            .toList();
  }

  Birth birth() {
    return birth;
  }

  int signals() {
    return series.size();
  }

  /**
   * The batch with names instead of places.
   *
   * @throws WireException when the batch speaks of a signal that the birth does not have, or in
   *     numbers of one that says texts
   */
  IncomingBatch name(IncomingBatch.Source source, Batch batch) throws WireException {
    List<IncomingBatch.Part> parts = new ArrayList<>(batch.parts().size());
    for (Batch.Part part : batch.parts()) {
      int place = part.signal();
      if (place >= series.size()) {
        throw new WireException(
            "batch: signal: found the place "
                + place
                + ", wanted one below "
                + series.size()
                + ", as many as the birth has");
      }
      Signal signal = birth.signals().get(place);
      if (signal.kind().isText() != part.samples().isText()) {
        throw new WireException(
            "batch: "
                + signal.machine()
                + '/'
                + signal.name()
                + ": found "
                + (part.samples().isText() ? "texts" : "numbers")
                + ", wanted what the kind "
                + signal.kind()
                + " of the birth says");
      }
      parts.add(new IncomingBatch.Part(series.get(place), part.samples()));
    }
    return new IncomingBatch(
        source, batch.epoch(), batch.sequence(), batch.floor(), parts, batch.losses());
  }
}
