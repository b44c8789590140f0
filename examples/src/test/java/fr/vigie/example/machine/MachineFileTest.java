package fr.vigie.example.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.signal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFileTest {
  private static final String MILL =
      """
      label: Mill
      micro-stop: 60s
      state:
        signal: status
        values: {ACTIVE: running, "OFF": off}
        otherwise: idle
        dwell: 1s
      parts: {counter: parts}
      cycle: {start: ACTIVE, end: DONE}
      signals:
        status: {kind: state}
        parts: {kind: counter}
        feed: {kind: gauge, unit: mm/min}
      conditions: ["*_cond"]
      """;

  @Test
  void fileIsSplitIntoWhatServerAndAgentAreTold() throws MachineFileException {
    MachineFile mill = MachineFile.parse("mill.yaml", MILL);
    assertThat(mill.signals())
        .containsEntry("status", new MachineFile.SignalKind(Kind.STATE, ""))
        .containsEntry("feed", new MachineFile.SignalKind(Kind.GAUGE, "mm/min"));
    assertThat(mill.conditions()).containsExactly("*_cond");
    assertThat(mill.treeFor("mill-1", "lab"))
        .containsEntry("machine", "mill-1")
        .containsEntry("site", "lab")
        .containsEntry("label", "Mill")
        .containsEntry("parts", Map.of("counter", "parts"))
        .doesNotContainKeys("signals", "conditions");
    assertThat(mill.tree().get("state"))
        .isEqualTo(
            Map.of(
                "signal",
                "status",
                "values",
                Map.of("ACTIVE", "running", "OFF", "off"),
                "otherwise",
                "idle",
                "dwell",
                "1s"));
  }

  @Test
  void cyclesCanCountAsParts() throws MachineFileException {
    MachineFile mill =
        MachineFile.parse("mill.yaml", MILL.replace("{counter: parts}", "{cycles: true}"));
    assertThat(mill.tree().get("parts")).isEqualTo(Map.of("cycles", true));
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsLine() {
    String wrong =
        MILL.replace("60s", "soon")
            .replace("signal: status", "signal: statsu")
            .replace("otherwise: idle", "otherwise: resting")
            .replace("{counter: parts}", "{counter: parts, event: parts}")
            .replace("end: DONE", "end: ACTIVE")
            .replace("kind: gauge", "kind: gage")
            .replace("label:", "lable:");
    assertThatThrownBy(() -> MachineFile.parse("mill.yaml", wrong))
        .isInstanceOf(MachineFileException.class)
        .hasMessageContainingAll(
            "mill.yaml:1  lable: found an unknown key, wanted one of machine, label,",
            "mill.yaml:2  micro-stop: found 'soon', wanted a duration such as 500ms, 10s or 5m",
            "mill.yaml:4  state.signal: found 'statsu', wanted a key that stands under signals",
            "mill.yaml:6  state.otherwise: found 'resting', wanted one of running, idle,",
            "mill.yaml:8  parts: found a mapping, wanted {counter: key}, {event: key}",
            "mill.yaml:9  cycle.end: found 'ACTIVE', wanted",
            "mill.yaml:13  signals.feed.kind: found 'gage', wanted one of gauge, counter,");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                      'mill.yaml:1  is empty'",
    "'just words',            mill.yaml:1  : found 'just words'",
    "'state: {signal: [',     mill.yaml:1  not YAML",
    "'a: 1\n\tb: 2',          mill.yaml:2  not YAML",
    "'state: yes',            mill.yaml:1  state: found 'yes'",
    "'state: {}',             'state.signal: found nothing, wanted a key under signals'",
    "'signals: {}\nsignals: {}', mill.yaml:2  signals: found 'signals' twice"
  })
  void brokenFileIsRefusedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> MachineFile.parse("mill.yaml", yaml))
        .isInstanceOf(MachineFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shippedFilesAreRight() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("machines"))) {
      List<Path> shipped = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(shipped).hasSizeGreaterThanOrEqualTo(2);
      for (Path file : shipped) {
        assertThat(MachineFile.read(file).signals()).as("%s", file).isNotEmpty();
      }
    }
  }
}
