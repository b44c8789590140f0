package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileMessagesTest {
  private static final String HEAD =
      "{\"v\":1,\"epoch\":\"5\",\"sequence\":2,\"floor\":1,\"birth\":\"00000000\",";
  private static final String TIMES = "\"base\":\"2026-11-24T06:30:00Z\",";

  private interface Decoder {
    Object decode(byte[] bytes) throws WireException;
  }

  private record Kind(String name, byte[] message, Decoder decoder) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind(
            "columns", BatchCodec.encode(Messages.batch(), Payload.COLUMNS), BatchCodec::decode),
        new Kind("json", BatchCodec.encode(Messages.batch(), Payload.JSON), BatchCodec::decode),
        new Kind("birth", BirthCodec.encode(Messages.BIRTH), BirthCodec::decode),
        new Kind("ack", AckCodec.encode(Messages.ACK), AckCodec::decode),
        new Kind("ack of a store", AckCodec.encode(Messages.ACK_OF_STORE), AckCodec::decode),
        new Kind("state", StateCodec.encode(Messages.STATE), StateCodec::decode),
        new Kind("asking state", StateCodec.encode(Messages.STATE_ASKING), StateCodec::decode),
        new Kind("command", CommandCodec.encode(Messages.COMMAND), CommandCodec::decode));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyTruncationIsRefused(Kind kind) {
    for (int length = 0; length < kind.message().length; length++) {
      byte[] cut = Arrays.copyOf(kind.message(), length);
      assertThatThrownBy(() -> kind.decoder().decode(cut))
          .as(kind + " cut to " + length)
          .isInstanceOf(WireException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFlippedBitIsRefusedOrGivesAnotherMessage(Kind kind) {
    for (int bit = 0; bit < kind.message().length * 8; bit++) {
      byte[] flipped = kind.message().clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      boolean accepted = isAccepted(kind, flipped, "bit " + bit);
      if (kind.name().equals("columns")) {
        assertThat(accepted).as("bit " + bit).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void randomDamageBehindARightChecksumIsNeverAnotherException(Kind kind) {
    int cases = kind.name().equals("columns") ? 20_000 : 2_000;
    for (long seed = 0; seed < cases; seed++) {
      Random random = new Random(seed);
      byte[] damaged = kind.message().clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt();
      }
      if (kind.name().equals("columns")) {
        seal(damaged);
      }
      isAccepted(kind, damaged, "seed " + seed);
    }
  }

  private static boolean isAccepted(Kind kind, byte[] bytes, String which) {
    try {
      assertThat(kind.decoder().decode(bytes)).isNotNull();
      return true;
    } catch (WireException e) {
      assertThat(e).message().isNotBlank().doesNotContain("tools.jackson", "Exception");
      return false;
    } catch (RuntimeException e) {
      return fail(kind + " " + which, e);
    }
  }

  /** Puts right the checksum of the columns and that of the message around them. */
  private static void seal(byte[] message) {
    CRC32C inner = new CRC32C();
    int start = columnsStart();
    inner.update(message, start, message.length - 8 - start);
    ByteBuffer.wrap(message).putInt(message.length - 8, (int) inner.getValue());
    sealMessage(message);
  }

  private static void sealMessage(byte[] message) {
    CRC32C outer = new CRC32C();
    outer.update(message, 0, message.length - 4);
    ByteBuffer.wrap(message).putInt(message.length - 4, (int) outer.getValue());
  }

  private static int columnsStart() {
    byte[] message = BatchCodec.encode(Messages.batch(), Payload.COLUMNS);
    byte[] columns =
        fr.vigie.column.ColumnCodec.encodeBlock(
            Messages.batch().parts().stream().map(Batch.Part::samples).toList());
    return message.length - 4 - columns.length;
  }

  @Test
  void envelopeThatPromisesTooMuchAllocatesNothing() {
    for (int promise = 0; promise < 3; promise++) {
      ByteBuffer message = ByteBuffer.allocate(64).put((byte) 1).putLong(5).putInt(0);
      message.put((byte) 2).put((byte) 1);
      for (int i = 0; i < promise; i++) {
        message.put((byte) 0);
      }
      message.putInt(0xffffffff).put((byte) 0x7f);
      byte[] bytes = message.array();
      sealMessage(bytes);
      allocatedBy(bytes); // loads the classes, which takes memory once
      assertThat(allocatedBy(bytes)).isLessThan(200_000);
    }
  }

  @Test
  void aTextThatPromisesOneByteTooManyIsRefused() {
    for (int left = 0; left < 127; left++) {
      ByteBuffer message = ByteBuffer.allocate(21 + left).put((byte) 1).putLong(5).putInt(0);
      message.put((byte) 2).put((byte) 1).put((byte) 1).put((byte) (left + 1));
      byte[] bytes = message.array();
      sealMessage(bytes);
      assertThatThrownBy(() -> BatchCodec.decode(bytes)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void columnsThatPromiseTooMuchAllocateLittle() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] columns = new byte[1 + random.nextInt(40)];
      random.nextBytes(columns);
      ByteBuffer message = ByteBuffer.allocate(80).put((byte) 1).putLong(5).putInt(0);
      message.put((byte) 2).put((byte) 1).put((byte) 0).put((byte) 1).put((byte) 0).put((byte) 1);
      int start = message.position();
      message.put((byte) 1).put(columns);
      CRC32C inner = new CRC32C();
      inner.update(message.array(), start, message.position() - start);
      message.putInt((int) inner.getValue()).putInt(0);
      byte[] bytes = Arrays.copyOf(message.array(), message.position());
      sealMessage(bytes);
      assertThat(allocatedBy(bytes)).as("seed " + seed).isLessThan(40_000_000);
    }
  }

  /** Of the second time, since the first also loads classes. */
  private static long allocatedBy(byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int time = 0; time < 2; time++) {
      before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        BatchCodec.decode(bytes);
      } catch (WireException e) {
        assertThat(e).message().isNotBlank();
      }
    }
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"0\":[NaN]}",
        "{\"0\":[Infinity]}",
        "{\"0\":[1e400]}",
        "{\"0\":[-1e400]}",
        "{\"0\":[\"1\"]}",
        "{\"0\":[01]}",
        "{\"0\":[1,2]}",
        "{\"0\":[]}",
        "{\"0\":{}}",
        "{\"0\":[[1]]}",
        "{\"0\":1,\"0\":2}",
        "{\"00\":1}",
        "{\"-1\":1}",
        "{\"20000\":1}",
        "{\"x\":1}"
      })
  void jsonNumbersThatAreNoneAreRefused(String numbers) {
    assertRefused(
        HEAD + TIMES + "\"groups\":[{\"unit\":\"ms\",\"times\":[0],\"numbers\":" + numbers + "}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2}",
        "{\"v\":\"1\"}",
        "{}",
        "{\"epoch\":\"5\"}",
        HEAD + TIMES + "\"groups\":[]} x",
        HEAD + TIMES + "\"groups\":[]}{}",
        HEAD + TIMES + "\"groups\":[],\"groups\":[]}",
        HEAD + TIMES + "\"groups\":{}}",
        HEAD + "\"base\":\"2300-01-01T00:00:00Z\",\"groups\":[]}",
        HEAD + "\"base\":\"yesterday\",\"groups\":[]}",
        HEAD + TIMES + "\"groups\":[{\"unit\":\"h\",\"times\":[0]}]}",
        HEAD + TIMES + "\"groups\":[{\"times\":[0]}]}",
        HEAD
            + TIMES
            + "\"groups\":[{\"unit\":\"ms\",\"times\":[9223372036854775807],\"numbers\":{\"0\":1}}]}",
        HEAD + TIMES + "\"groups\":[{\"unit\":\"ms\",\"times\":[0.5],\"numbers\":{\"0\":1}}]}",
        HEAD + TIMES + "\"groups\":[{\"unit\":\"ms\",\"numbers\":{\"0\":1}}]}",
        HEAD
            + TIMES
            + "\"groups\":[{\"unit\":\"ms\",\"times\":[0],\"texts\":{\"0\":\"\\ud800\"}}]}",
        HEAD
            + TIMES
            + "\"groups\":[{\"unit\":\"ms\",\"times\":[0],\"numbers\":{\"0\":1},\"texts\":{\"0\":\"a\"}}]}",
        HEAD
            + TIMES
            + "\"groups\":[{\"unit\":\"ms\",\"times\":[0],\"qualities\":{\"0\":\"GOOD\"}}]}",
        HEAD
            + TIMES
            + "\"groups\":[{\"unit\":\"ms\",\"times\":[0],\"numbers\":{\"0\":1},\"qualities\":{\"0\":\"MISSING\"}}]}"
      })
  void jsonThatBreaksARuleIsRefused(String json) {
    assertRefused(json);
  }

  @Test
  void jsonThatIsTooDeepTooLongOrNotUtf8IsRefused() {
    assertRefused(HEAD + TIMES + "\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    assertRefused(HEAD + TIMES + "\"x\":" + "{\"a\":".repeat(10_000));
    assertRefused(HEAD + TIMES + "\"x\":" + "1".repeat(2_000_000) + "}");
    assertRefused(HEAD + TIMES + "\"" + "k".repeat(2_000_000) + "\":1}");
    assertRefused("\ufeff" + HEAD + TIMES + "\"groups\":[]}");
    assertRefused(new String(new char[4]));
    assertThatThrownBy(() -> BatchCodec.decode(new byte[] {'{', (byte) 0xc0, (byte) 0x80, '}'}))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> BatchCodec.decode("{\"v\":1}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(WireException.class);
  }

  @Test
  void heldValuesCannotMakeMoreSamplesThanTheLimit() {
    StringBuilder numbers = new StringBuilder("\"0\":1");
    for (int place = 1; place < 20_000; place++) {
      numbers.append(",\"").append(place).append("\":1");
    }
    String times = "0" + ",0".repeat(50);
    assertThatThrownBy(
            () ->
                decode(
                    HEAD
                        + TIMES
                        + "\"groups\":[{\"unit\":\"ms\",\"times\":["
                        + times
                        + "],\"numbers\":{"
                        + numbers
                        + "}}]}"))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("more than 1000000 samples");
  }

  @Test
  void fieldsOfALaterMinorVersionAreIgnored() throws WireException {
    Batch batch =
        decode(
            HEAD
                + TIMES
                + "\"new\":{\"a\":[1,{}]},\"groups\":[{\"unit\":\"ms\",\"times\":[7],\"new\":[],\"numbers\":{\"3\":1.5}}]}");

    assertThat(batch.parts().get(0).samples().number(0)).isEqualTo(1.5);
  }

  @ParameterizedTest
  @EnumSource(Payload.class)
  void batchBeyondTheLimitsIsNotWritten(Payload payload) {
    Column.Builder column = Column.numbers();
    for (int i = 0; i <= BatchCodec.MOST_SAMPLES; i++) {
      column.add(i, 1, Quality.GOOD);
    }
    List<Batch.Part> tooMany = List.of(new Batch.Part(0, column.build()));
    Batch.Part empty = new Batch.Part(3, Column.numbers().build());
    Batch.Part beyond = new Batch.Part(BatchCodec.MOST_SIGNALS, Column.numbers().build());
    for (List<Batch.Part> parts : List.of(tooMany, List.of(empty, empty), List.of(beyond))) {
      assertThatThrownBy(() -> BatchCodec.encode(new Batch(1, 1, 0, 0, parts, List.of()), payload))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Payload.class)
  void batchAtTheLimitsComesBack(Payload payload) throws WireException {
    List<Batch.Part> parts = new ArrayList<>();
    for (int place = 0; place < BatchCodec.MOST_SIGNALS; place++) {
      Column.Builder column = Column.numbers();
      for (int i = 0; i < 50; i++) {
        column.add(i * 1000L, place, Quality.GOOD);
      }
      parts.add(new Batch.Part(place, column.build()));
    }
    Batch batch = new Batch(Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, parts, List.of());

    Batch decoded = BatchCodec.decode(BatchCodec.encode(batch, payload));

    assertThat(decoded.samples()).isEqualTo(BatchCodec.MOST_SAMPLES);
    assertThat(decoded.parts().get(19_999).samples()).isEqualTo(parts.get(19_999).samples());
    assertThat(decoded.sequence()).isEqualTo(Long.MAX_VALUE);
    assertThat(decoded.epoch()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void birthWhoseIdentifierIsNotThatOfItsSignalsIsRefused() {
    String birth = new String(BirthCodec.encode(Messages.BIRTH), StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                BirthCodec.decode(
                    birth.replace("\"oil\"", "\"air\"").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("birth: id: found " + BirthCodec.hex(Messages.BIRTH.id()));
  }

  private static Batch decode(String json) throws WireException {
    return BatchCodec.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String json) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(WireException.class)
        .message()
        .startsWith("batch: ")
        .hasSizeLessThan(300);
  }
}
