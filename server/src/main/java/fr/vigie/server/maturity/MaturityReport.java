package fr.vigie.server.maturity;

import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.maturity.StageProposal;
import fr.vigie.time.Span;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Every indicator over a span, and the stage that follows. Safe for use by several threads. */
@Component
public final class MaturityReport {
  private final List<IndicatorSource> sources;

  MaturityReport(List<IndicatorSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * @param findings every indicator has its entry
   */
  public record Report(Span span, Map<Indicator, Finding> findings, StageProposal proposal) {}

  /**
   * @throws IOException when the store cannot be read
   */
  public Report over(Span span) throws IOException {
    Map<Indicator, Finding> findings = new EnumMap<>(Indicator.class);
    for (Indicator indicator : Indicator.values()) {
      findings.put(indicator, new Finding.NotMeasured("no-source"));
    }
    for (IndicatorSource source : sources) {
      findings.put(source.indicator(), source.find(span));
    }
    return new Report(span, Collections.unmodifiableMap(findings), StageProposal.of(findings));
  }
}
