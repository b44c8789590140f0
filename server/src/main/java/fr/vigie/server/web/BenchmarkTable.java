package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.vigie.benchmark.Cell;
import fr.vigie.benchmark.Contribution;
import fr.vigie.benchmark.Measure;
import fr.vigie.benchmark.Merge;
import fr.vigie.benchmark.Position;
import fr.vigie.benchmark.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A merge as it is published and read again.
 *
 * @param version of this form
 */
record BenchmarkTable(
    @JsonProperty("vigie-benchmark") int version,
    String cluster,
    String month,
    List<CellView> cells) {
  static final String ALL = "all";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * @param hidden nothing of it is shown
   * @param companies null when hidden, like all that follows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CellView(
      String sector,
      String measure,
      boolean hidden,
      @Nullable Integer companies,
      @Nullable Long percent,
      @Nullable Long lowerQuartile,
      @Nullable Long median,
      @Nullable Long upperQuartile) {}

  /**
   * @param own percent, unrounded
   * @param quarter null when the cell has no quartiles
   */
  record PositionView(
      String sector,
      String measure,
      double own,
      @Nullable Long percent,
      @Nullable String quarter,
      @Nullable String says) {}

  static BenchmarkTable of(Merge merge) {
    return new BenchmarkTable(
        VERSION,
        merge.cluster(),
        merge.month().toString(),
        merge.cells().stream().map(BenchmarkTable::cell).toList());
  }

  /** Empty when it is not such a table, or of another version. */
  static Optional<BenchmarkTable> read(Map<String, Object> tree) {
    try {
      BenchmarkTable table = JSON.convertValue(tree, BenchmarkTable.class);
      return Optional.of(table).filter(BenchmarkTable::isWhole);
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether all is there that must be, for what was read may lack anything. */
  private boolean isWhole() {
    return version == VERSION
        && Stream.of(cluster, month, cells).allMatch(Objects::nonNull)
        && cells.stream()
            .allMatch(it -> Stream.of(it.sector, it.measure).allMatch(Objects::nonNull));
  }

  private static CellView cell(Cell cell) {
    String sector = cell.sector().orElse(ALL);
    String measure = cell.measure().word();
    if (cell.content() instanceof Cell.Shown shown) {
      Optional<Cell.Quartiles> quartiles = shown.quartiles();
      return new CellView(
          sector,
          measure,
          false,
          shown.companies(),
          shown.percent(),
          quartiles.map(Cell.Quartiles::lower).orElse(null),
          quartiles.map(Cell.Quartiles::median).orElse(null),
          quartiles.map(Cell.Quartiles::upper).orElse(null));
    }
    return new CellView(sector, measure, true, null, null, null, null, null);
  }

  /** Of a company, in all sectors and in its own, as far as both sides have a figure. */
  List<PositionView> positions(Contribution own, UnaryOperator<String> say) {
    List<PositionView> positions = new ArrayList<>();
    for (CellView cell : cells) {
      boolean concerned = cell.sector.equals(ALL) || cell.sector.equals(own.sector());
      for (Measure measure : Measure.values()) {
        Share share = own.shares().get(measure);
        if (concerned && !cell.hidden && share != null && measure.word().equals(cell.measure)) {
          positions.add(position(cell, share.ratio().orElseThrow(), say));
        }
      }
    }
    return positions;
  }

  private static PositionView position(CellView cell, double own, UnaryOperator<String> say) {
    String quarter = null;
    if (cell.lowerQuartile != null && cell.median != null && cell.upperQuartile != null) {
      Cell.Quartiles quartiles =
          new Cell.Quartiles(cell.lowerQuartile, cell.median, cell.upperQuartile);
      quarter = Position.of(own, quartiles).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return new PositionView(
        cell.sector,
        cell.measure,
        100 * own,
        cell.percent,
        quarter,
        quarter == null ? null : say.apply(Objects.requireNonNull(quarter)));
  }
}
