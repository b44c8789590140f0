package fr.vigie.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterviewTest {
  /** Groups as a meter in its historical mode says them. */
  private static final String FRAME = "\u0002\nIINST 001 X\r\nPTEC HP..  \r\nIMAX 001 @\r\u0003";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> progress = new ArrayList<>();
  private String talksAt = "";
  private long nanos;

  private final class Line implements BytePort {
    private final String manner;
    private final Deque<byte[]> heard = new ArrayDeque<>();

    Line(int baud, Framing framing) {
      manner = baud + " " + framing;
    }

    @Override
    public int read(byte[] into) {
      if (manner.equals(talksAt)) {
        heard.add(FRAME.getBytes(StandardCharsets.US_ASCII));
      }
      nanos += 50_000_000;
      if (heard.isEmpty()) {
        return 0;
      }
      byte[] next = heard.remove();
      System.arraycopy(next, 0, into, 0, next.length);
      return next.length;
    }

    @Override
    public int waiting() {
      return heard.isEmpty() ? 0 : heard.getFirst().length;
    }

    @Override
    public void write(byte[] bytes) {
      String answer = answers.get(manner + ": " + HexFormat.of().formatHex(bytes));
      if (answer != null) {
        heard.add(HexFormat.of().parseHex(answer));
      }
    }

    @Override
    public void close() {}
  }

  private List<Found> conduct(int highest) throws IOException {
    return new Interview(
            "/dev/ttyUSB0", Line::new, () -> nanos, wait -> nanos += wait, progress::add)
        .conduct(highest);
  }

  @Test
  void aMeterIsKnownByWhatItSaysAndItsModeByItsSpeed() throws IOException {
    talksAt = "1200 7E1";

    Found found = conduct(3).get(0);

    assertThat(found.words()).contains("mode historique");
    assertThat(found.proposal().orElseThrow().keys())
        .contains("port: /dev/ttyUSB0", "mode: historique");
    assertThat(progress).hasSize(1);
  }

  @Test
  void aModbusUnitIsFoundAtItsSpeedAndAMeterBehindItGuessed() throws IOException {
    answers.put("2400 8N1: 02040000000131f9", "02040243678dea");
    answers.put("2400 8N1: 02040000000271f8", "0204044367199ae724");

    List<Found> found = conduct(3);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).words()).contains("Modbus unit 2 at 2400 8N1").contains("231.1");
    assertThat(found.get(0).proposal().orElseThrow().keys())
        .contains("slave: 2", "baud: 2400", "framing: 8N1")
        .anyMatch(key -> key.startsWith("template: eastron-sdm120"));
  }

  @Test
  void aUnitThatRefusesTheQuestionIsThere() throws IOException {
    answers.put("9600 8N1: 01040000000131ca", "01840182c0");

    assertThat(conduct(1).get(0).words()).contains("Modbus unit 1 at 9600 8N1");
  }

  @Test
  void aSilentLineSaysWhatWasTriedAndWhatToLookAt() throws IOException {
    List<Found> found = conduct(2);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).words()).contains("1 to 2").contains("A and B exchanged");
    assertThat(found.get(0).proposal()).isEmpty();
  }
}
