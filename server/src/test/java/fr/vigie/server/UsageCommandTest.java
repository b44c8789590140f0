package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.production.MachineState;
import fr.vigie.time.Span;
import fr.vigie.usage.Chain;
import fr.vigie.usage.Contract;
import fr.vigie.usage.Quantities;
import fr.vigie.usage.UsageTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCommandTest {
  private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder = Path.of("");

  @Test
  void aTableAsItWasWrittenEndsWithZeroAndItsHash() throws IOException {
    String file = file(UsageTable.FRENCH.write(chain(3)));

    assertThat(run("usage", "verify", file, "--head", chain(2).head())).isZero();
    assertThat(text(out)).contains("3 entries are as they were written").contains(chain(3).head());
  }

  @Test
  void aChangedTableEndsWithOneAndTheLine() throws IOException {
    String file = file(UsageTable.ENGLISH.write(chain(3)).replace(",102,", ",103,"));

    assertThat(run("usage", "verify", file)).isOne();
    assertThat(text(out)).contains("line 4: changed");
  }

  @Test
  void aChainThatWasCutIsFoundByTheHashOnPaper() throws IOException {
    String file = file(UsageTable.ENGLISH.write(chain(2)));

    assertThat(run("usage", "verify", file)).isZero();
    assertThat(run("usage", "verify", file, "--head", chain(3).head())).isOne();
    assertThat(text(out)).contains("line 4: the hash given is that of no entry");
  }

  @Test
  void whatIsNoTableOrNotThereEndsWithOneAndWrongUsageWith78() throws IOException {
    assertThat(run("usage", "verify", file("hello"))).isOne();
    assertThat(run("usage", "verify", folder.resolve("none").toString())).isOne();
    assertThat(run("usage")).isEqualTo(78);
    assertThat(run("merge", "--data", folder.toString(), "--month", "2026-10")).isEqualTo(78);
    assertThat(
            run(
                "contribution",
                "--data",
                folder.toString(),
                "--month",
                "2026-10",
                "--to",
                folder.resolve("new.json").toString()))
        .isOne();
    assertThat(text(err)).contains("line 1: wanted the headers").contains("no server runs on");
    assertThat(text(err)).doesNotContain("\tat ");
  }

  private static Chain chain(int days) {
    Contract contract =
        new Contract("c-12", "Forge", "press", new Span(START, START.plus(Duration.ofDays(30))));
    Chain chain = new Chain(contract, List.of());
    for (int day = 0; day < days; day++) {
      Instant from = START.plus(Duration.ofDays(day));
      chain =
          chain.read(
              new Span(from, from.plus(Duration.ofDays(1))),
              new Quantities(
                  Map.of(MachineState.RUNNING, Duration.ofDays(1)),
                  OptionalLong.empty(),
                  OptionalLong.of(100 + day),
                  OptionalLong.empty()),
              START.plus(Duration.ofDays(40)),
              "");
    }
    return chain;
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text).toString();
  }

  private int run(String... arguments) {
    return ServerMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
