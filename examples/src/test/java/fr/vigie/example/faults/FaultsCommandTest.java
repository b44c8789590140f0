package fr.vigie.example.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Outcome;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaultsCommandTest {
  private static final Outcome LOST =
      new Outcome(
          Sheet.of(14, "half-open connection", "It is noticed."),
          Verdict.FAILED,
          "swallowed a | b",
          new Finding("all", 10, 8, 1, 0, 0, 0, 1),
          "No link",
          List.of("missing 1, duplicated 0, corrupted 0"),
          Duration.ofMillis(1_500));

  private static final Outcome NOT_RUN =
      new Outcome(
          Sheet.of(24, "GPIO bounces", "Every edge counts once."),
          Verdict.NOT_RUN,
          "",
          Finding.NONE,
          "",
          List.of("this kernel has no GPIO lines"),
          Duration.ZERO);

  @Test
  void everyFaultFromF1ToF34IsThereOnce() {
    assertThat(FaultList.all(1).stream().map(Fault::sheet).map(Sheet::number))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 34).boxed().toList());
  }

  @Test
  void theListNamesEveryFaultAndRunsNone() {
    StringWriter out = new StringWriter();
    int code = new CommandLine(new FaultsCommand()).setOut(new PrintWriter(out)).execute("--list");
    assertThat(code).isZero();
    assertThat(out.toString().lines()).hasSize(34).anyMatch(line -> line.startsWith("F3 "));
  }

  @Test
  void aFaultThatDoesNotExistIsWrongUsage() {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new FaultsCommand()).setErr(new PrintWriter(err));
    line.getCommandSpec().exitCodeOnInvalidInput(64);
    assertThat(line.execute("F3", "F99", "X1")).isEqualTo(64);
    assertThat(err.toString()).contains("unknown: F99, X1; wanted F1 to F34");
  }

  @Test
  void whatFailedAndWhatWasNotRunIsNeverCountedAsHeld() {
    assertThat(Table.summary(List.of(LOST, NOT_RUN), 7))
        .startsWith("0 held, 1 failed, 1 not run")
        .contains("missing 1", "declared lost 1", "seed 7");
  }

  @Test
  void aLineSaysWhatWasDoneSeenAndWhy() {
    assertThat(Table.line(LOST))
        .contains("F14", "FAILED", "produced     10", "stored      8", "missing 1")
        .contains("done  swallowed a | b", "seen  No link", "why   missing 1");
    assertThat(Table.line(NOT_RUN)).contains("not run", "why   this kernel has no GPIO lines");
  }

  @Test
  void theLineForMachinesHoldsTheSame() {
    JsonNode line = new JsonMapper().readTree(Table.json(LOST));
    assertThat(line.path("fault").asString("")).isEqualTo("F14");
    assertThat(line.path("verdict").asString("")).isEqualTo("failed");
    assertThat(line.path("missing").asLong()).isEqualTo(1);
    assertThat(line.path("declaredLost").asLong()).isEqualTo(1);
    assertThat(line.path("reasons").path(0).asString("")).startsWith("missing 1");
  }

  @Test
  void theTableOfThePageKeepsItsColumns() {
    List<String> rows = Table.markdown(List.of(LOST, NOT_RUN), 7).lines().toList();
    int columns = columns(rows.get(0));
    assertThat(rows.subList(1, 4)).allMatch(row -> columns(row) == columns);
    assertThat(rows.get(2)).contains("FAILED: missing 1", "It is noticed.");
  }

  @Test
  void thePageOfTheGuaranteeNamesEveryFault() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "reference", "guarantee.md"));
    for (Fault fault : FaultList.all(1)) {
      assertThat(page).contains("| " + fault.sheet().id() + " " + fault.sheet().name() + " |");
    }
  }

  private static int columns(String row) {
    return row.replace("\\|", "").split("\\|", -1).length;
  }
}
