package fr.vigie.example.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStateTest {
  private static final String STATUS =
      """
      {"agent": "a", "site": "s", "at": "2026-11-24T08:00:00Z", "epoch": "1f",
       "link": {"connected": true, "broker": "tcp://b", "problem": ""},
       "lastSequence": 9, "acknowledged": 9, "pendingBatches": 0,
       "sensors": {"plc": {"state": "running", "problem": "", "lines": 12, "accepted": 60},
                   "companion": {"state": "waiting", "problem": "no such port", "lines": 0}}}
      """;

  @TempDir Path folder;

  @Test
  void statusTellsWhatIsReadAndAcknowledged() throws IOException {
    AgentState state = AgentState.parse(STATUS);
    assertThat(state.at()).isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));
    assertThat(state.isConnected()).isTrue();
    assertThat(state.isDrained()).isTrue();
    assertThat(state.isReading("plc")).isTrue();
    assertThat(state.isReading("companion")).isFalse();
    assertThat(state.isReading("nobody")).isFalse();
    assertThat(state.lines("plc")).isEqualTo(12);
    assertThat(state.problem()).isEqualTo("no such port");
  }

  @Test
  void batchesUnderWayOrUnknownAreNotDrained() throws IOException {
    assertThat(AgentState.parse(STATUS.replace("Batches\": 0", "Batches\": 1")).isDrained())
        .isFalse();
    assertThat(AgentState.parse("{}").isDrained()).isFalse();
  }

  @Test
  void absentFileIsNoStateAndABrokenOneAFailure() throws IOException {
    assertThat(AgentState.read(folder)).isEmpty();
    assertThatThrownBy(() -> AgentState.parse("{\"a\": "))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("status cannot be read");
  }
}
