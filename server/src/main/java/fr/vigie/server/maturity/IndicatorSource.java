package fr.vigie.server.maturity;

import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.time.Span;
import java.io.IOException;

/** Who knows an indicator that the store and the plant do not tell. */
public interface IndicatorSource {
  Indicator indicator();

  /**
   * What was found over a span.
   *
   * @throws IOException when the store cannot be read
   */
  Finding find(Span span) throws IOException;
}
