package fr.vigie.server.store.influx;

import fr.vigie.column.Column;
import fr.vigie.server.store.ledger.Engine;
import fr.vigie.signal.Quality;
import java.io.IOException;

/** Gathers samples of one lane into columns of a bounded size. */
final class Pieces {
  private static final int MOST = 16_384;

  private final Engine.Sink sink;
  private Column.Builder numbers = Column.numbers();
  private Column.Builder texts = Column.texts();

  Pieces(Engine.Sink sink) {
    this.sink = sink;
  }

  void add(long nanos, double number, Quality quality) throws IOException {
    numbers.add(nanos, number, quality);
    if (numbers.size() == MOST) {
      end();
    }
  }

  void add(long nanos, String text, Quality quality) throws IOException {
    texts.add(nanos, text, quality);
    if (texts.size() == MOST) {
      end();
    }
  }

  void end() throws IOException {
    if (numbers.size() > 0) {
      sink.take(numbers.build());
      numbers = Column.numbers();
    }
    if (texts.size() > 0) {
      sink.take(texts.build());
      texts = Column.texts();
    }
  }
}
