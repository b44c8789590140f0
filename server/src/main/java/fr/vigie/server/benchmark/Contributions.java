package fr.vigie.server.benchmark;

import fr.vigie.benchmark.Contribution;
import fr.vigie.benchmark.SignedContribution;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Days;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.time.Span;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes this company's contributions. Safe for use by several threads. */
@Component
public final class Contributions {
  private static final double LEAST_COVERAGE = 0.9;

  private final PlantDatabase database;
  private final Plant plant;
  private final Diagnosis diagnosis;

  Contributions(PlantDatabase database, Plant plant, Diagnosis diagnosis) {
    this.database = database;
    this.plant = plant;
    this.diagnosis = diagnosis;
  }

  /**
   * The contribution of a month, the same each time as long as no data came since.
   *
   * @throws IOException when the store cannot be read
   */
  public SignedContribution of(String cluster, String sector, YearMonth month) throws IOException {
    Contribution contribution =
        Contribution.of(cluster, sector, month, trees(span(month)), LEAST_COVERAGE);
    return SignedContribution.sign(contribution, secret());
  }

  /** A month by the site's clock. */
  public Span span(YearMonth month) {
    ZoneId zone = plant.calendar().zone();
    return new Span(
        month.atDay(1).atStartOfDay(zone).toInstant(),
        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
  }

  private List<TimeTree> trees(Span span) throws IOException {
    List<TimeTree> trees = new ArrayList<>();
    for (Machine machine : plant.machines()) {
      trees.add(Days.tree(Days.figures(diagnosis, machine, span, plant.calendar().zone())));
    }
    return trees;
  }

  /** Made once; the first of two that make it at the same time wins. */
  private byte[] secret() {
    byte[] fresh = new byte[32];
    new SecureRandom().nextBytes(fresh);
    database
        .client()
        .sql("INSERT OR IGNORE INTO benchmark_secret VALUES (1, ?)")
        .param(HexFormat.of().formatHex(fresh))
        .update();
    return HexFormat.of()
        .parseHex(
            database
                .client()
                .sql("SELECT secret FROM benchmark_secret")
                .query(String.class)
                .single());
  }
}
