package fr.vigie.agent.bus.modbus;

import static fr.vigie.agent.bus.modbus.FakeLine.bytes;
import static fr.vigie.agent.bus.modbus.FakeLine.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtuLineTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Read VOLTAGE = new Read(Table.INPUT, 0, 2);
  private static final byte[] ANSWER = bytes("01 04 04 43 66 33 34 1B 38");
  private static final byte[] VALUE = bytes("43 66 33 34");

  private final FakeLine line = new FakeLine();

  private RtuLine line(int baud) {
    return new RtuLine(line, baud, Framing.F_8N1, () -> line.nanos, nanos -> line.nanos += nanos);
  }

  private Answer ask() throws IOException {
    return line(9600).read(1, VOLTAGE, TIMEOUT);
  }

  private static void isValue(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Data.class);
    assertThat(((Answer.Data) answer).bytes()).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDING, 0x000C, 2, 01 03 00 0C 00 02 04 08",
    "INPUT, 0x0000, 2, 01 04 00 00 00 02 71 CB",
    "INPUT, 0x0034, 2, 01 04 00 34 00 02 30 05",
    "INPUT, 0x0048, 2, 01 04 00 48 00 02 F1 DD",
    "INPUT, 0x0156, 2, 01 04 01 56 00 02 90 27",
    "HOLDING, 0x0004, 2, 01 03 00 04 00 02 85 CA"
  })
  void questionsAreThoseOfTheMakersManuals(String table, String address, int count, String frame)
      throws IOException {
    line(9600).read(1, new Read(Table.valueOf(table), Integer.decode(address), count), TIMEOUT);

    assertThat(line.questions).containsExactly(bytes(frame));
  }

  @Test
  void theAnswerOfAMakersManualIsItsVoltage() throws IOException {
    line.answering(ANSWER);
    long before = line.nanos;
    Answer answer = ask();

    isValue(answer);
    assertThat(ByteBuffer.wrap(((Answer.Data) answer).bytes()).getFloat())
        .isEqualTo(230.20001220703125f);
    assertThat(((Answer.Data) answer).asked()).isBetween(before, before + 5_000_000);
  }

  @Test
  void bitsAreReadEightToAByte() throws IOException {
    line.answering(frame(17, 1, 2, 0xCD, 0x01));
    Answer answer = line(9600).read(17, new Read(Table.COIL, 19, 9), TIMEOUT);

    assertThat(((Answer.Data) answer).bytes()).isEqualTo(new byte[] {(byte) 0xCD, 1});
  }

  @Test
  void anAnswerByteAfterByteIsTaken() throws IOException {
    byte[][] pieces = new byte[ANSWER.length][];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = new byte[] {ANSWER[i]};
    }
    line.answering(pieces);

    isValue(ask());
  }

  @Test
  void theEchoOfAnAdapterAndNoiseAroundAnAnswerArePassedOver() throws IOException {
    line.slave(
        question -> {
          line.say(0, question);
          line.say(300, (byte) 0xFF, (byte) 0);
          line.say(300, ANSWER);
          line.say(300, (byte) 0);
        });

    isValue(ask());
  }

  @Test
  void whatCameBeforeTheQuestionIsNoAnswer() throws IOException {
    line.say(0, ANSWER);

    assertThat(ask()).isEqualTo(new Answer.Silence());
  }

  @Test
  void anAnswerThatComesTooLateIsNeverTakenForTheNext() throws IOException {
    RtuLine bus = line(9600);
    line.slave(question -> line.say(900, frame(1, 4, 4, 0, 0, 0, 0)));
    assertThat(bus.read(1, VOLTAGE, TIMEOUT)).isEqualTo(new Answer.Silence());
    line.slave(question -> line.say(10, ANSWER));

    isValue(bus.read(1, VOLTAGE, TIMEOUT));
    assertThat(bus.use().late()).isEqualTo(1);
    assertThat(bus.use().busyNanos()).isGreaterThan(TIMEOUT.toNanos());
  }

  @Test
  void whileASlaveIsLeftInPeaceOthersAreAskedAndItsLateAnswerIsPassedOver() throws IOException {
    RtuLine bus = line(9600);
    assertThat(bus.read(2, VOLTAGE, TIMEOUT)).isEqualTo(new Answer.Silence());
    long silent = line.nanos;
    line.slave(
        question -> {
          line.say(5, frame(2, 4, 4, 0, 0, 0, 0));
          line.say(10, ANSWER);
        });

    isValue(bus.read(1, VOLTAGE, TIMEOUT));
    assertThat(line.nanos - silent).isLessThan(100_000_000);
    line.slave(question -> {});
    bus.read(2, VOLTAGE, TIMEOUT);
    assertThat(line.askedAt.get(2) - silent).isGreaterThanOrEqualTo(TIMEOUT.toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02 04 04 43 66 33 34 28 38",
        "01 03 04 43 66 33 34 1A 8F",
        "01 04 02 43 66 09 8A",
        "01 04 04 43 66 33 34 1B 39",
        "01 04 04 43 66 33 34 1B",
        "01 04 04 43 66",
        "43 66 33 34",
        "00"
      })
  void whatDoesNotFitTheQuestionIsNoAnswer(String hex) throws IOException {
    line.answering(bytes(hex));

    assertThat(ask()).isInstanceOf(Answer.Damaged.class);
  }

  @Test
  void aRefusalIsToldWithItsMeaning() throws IOException {
    line.answering(frame(1, 0x84, 2));
    Answer answer = ask();

    assertThat(answer).isEqualTo(new Answer.Refused(2));
    assertThat(answer).hasToString("exception 2, the device has no such address");
  }

  @Test
  void aLineThatIsNeverSilentIsNotAskedOn() throws IOException {
    line.neverSilent();

    assertThat(ask().toString()).contains("never silent");
    assertThat(line.questions).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1200, 29166665", "9600, 3645831", "19200, 1822915", "115200, 1750000"})
  void aQuestionComesAfterThreeAndAHalfCharactersOfSilence(int baud, long silence)
      throws IOException {
    RtuLine bus = line(baud);
    line.answering(ANSWER);
    isValue(bus.read(1, VOLTAGE, TIMEOUT));
    long answered = line.nanos;
    isValue(bus.read(1, VOLTAGE, TIMEOUT));

    assertThat(line.askedAt.get(1) - answered).isEqualTo(silence);
  }

  @Test
  void theTimeOnTheWireIsNotTheSlavesToAnswerIn() throws IOException {
    Read longest = new Read(Table.INPUT, 0, 125);
    int[] answer = new int[253];
    answer[0] = 1;
    answer[1] = 4;
    answer[2] = 250;
    line.slave(question -> line.say(1500, frame(answer)));

    assertThat(line(1200).read(1, longest, TIMEOUT)).isInstanceOf(Answer.Data.class);
  }

  @Test
  void aLostLineIsToldToWhoeverAsks() {
    line.unplug();

    assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("gone");
  }

  @Test
  void whateverBecomesOfAnAnswerOnlyOneWithItsChecksumIsTaken() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] spoilt = spoil(random);
      FakeLine garbled = new FakeLine();
      garbled.slave(question -> garbled.say(5, spoilt));
      Answer answer =
          new RtuLine(
                  garbled,
                  9600,
                  Framing.F_8N1,
                  () -> garbled.nanos,
                  nanos -> garbled.nanos += nanos)
              .read(1, VOLTAGE, TIMEOUT);
      if (answer instanceof Answer.Data data) {
        taken++;
        assertThat(holds(spoilt, data.bytes())).as("seed " + seed + ", case " + i).isTrue();
      }
    }
    assertThat(taken).as("seed " + seed).isBetween(1, 19_999);
  }

  private static byte[] spoil(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int noise = random.nextInt(4); noise > 0; noise--) {
      out.write(random.nextInt(256));
    }
    byte[] answer = ANSWER.clone();
    for (int flips = random.nextInt(3); flips > 0; flips--) {
      answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
    }
    int from = random.nextInt(4) == 0 ? random.nextInt(answer.length) : 0;
    int to = random.nextInt(4) == 0 ? random.nextInt(answer.length + 1) : answer.length;
    out.write(answer, from, Math.max(0, to - from));
    for (int noise = random.nextInt(12); noise > 0; noise--) {
      out.write(random.nextInt(4) == 0 ? ANSWER[random.nextInt(3)] : random.nextInt(256));
    }
    return out.toByteArray();
  }

  /** Whether the bytes hold a whole answer with this value, by a checksum of the test's own. */
  private static boolean holds(byte[] heard, byte[] value) {
    for (int at = 0; at + 9 <= heard.length; at++) {
      int crc = 0xFFFF;
      for (int i = at; i < at + 7; i++) {
        crc ^= heard[i] & 0xff;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
      }
      if (heard[at] == 1
          && heard[at + 1] == 4
          && heard[at + 2] == 4
          && Arrays.equals(heard, at + 3, at + 7, value, 0, 4)
          && (heard[at + 7] & 0xff | (heard[at + 8] & 0xff) << 8) == crc) {
        return true;
      }
    }
    return false;
  }
}
