package fr.vigie.example.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fr.vigie.example.stage.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quick faults, as the command makes them; one that cannot be made here is a skipped test. */
class FaultsIT {
  static Stream<String> quickFaults() {
    List<Fault> quick = FaultList.all(1).stream().filter(fault -> fault.sheet().quick()).toList();
    assertThat(quick).hasSizeGreaterThan(4);
    return quick.stream().map(fault -> fault.sheet().id());
  }

  @ParameterizedTest
  @MethodSource("quickFaults")
  @Timeout(300)
  void theFaultLosesNothingSilentlyAndStoresNothingTwice(String id) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new FaultsCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(id, "--quick", "--json", "--seed", "2026");
    JsonNode outcome = new JsonMapper().readTree(out.toString().lines().findFirst().orElse("{}"));
    String verdict = outcome.path("verdict").asString("");
    assumeFalse(verdict.equals("not run"), () -> outcome.path("reasons").toString());
    assertThat(verdict).as("%s%n%s", out, err).isEqualTo("held");
    assertThat(code).isZero();
  }
}
