package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes that agents in the field send: a change here breaks them. */
class GoldenFilesTest {
  private static Map<String, byte[]> written() {
    return Map.of(
        "batch.bin", BatchCodec.encode(Messages.batch(), Payload.COLUMNS),
        "block.bin", ColumnCodec.encodeBlock(Messages.block()),
        "batch.json", BatchCodec.encode(Messages.batch(), Payload.JSON),
        "birth.json", BirthCodec.encode(Messages.BIRTH),
        "ack.json", AckCodec.encode(Messages.ACK),
        "ack-of-store.json", AckCodec.encode(Messages.ACK_OF_STORE),
        "state.json", StateCodec.encode(Messages.STATE),
        "state-asking.json", StateCodec.encode(Messages.STATE_ASKING),
        "cmd.json", CommandCodec.encode(Messages.COMMAND));
  }

  @Test
  void everyMessageIsWrittenByteForByteAsBefore() throws IOException {
    for (Map.Entry<String, byte[]> message : written().entrySet()) {
      if (message.getKey().endsWith(".json")) {
        assertThat(new String(message.getValue(), StandardCharsets.UTF_8))
            .isEqualTo(new String(golden(message.getKey()), StandardCharsets.UTF_8));
      }
      assertThat(message.getValue()).as(message.getKey()).isEqualTo(golden(message.getKey()));
    }
  }

  @Test
  void everyMessageOfBeforeIsStillRead() throws IOException, WireException, ColumnException {
    assertThat(ColumnCodec.decodeBlock(golden("block.bin"))).isEqualTo(Messages.block());
    assertThat(BatchCodec.decode(golden("batch.bin"))).isEqualTo(Messages.batch());
    assertThat(BatchCodec.decode(golden("batch.json"))).isEqualTo(Messages.batch());
    assertThat(BirthCodec.decode(golden("birth.json"))).isEqualTo(Messages.BIRTH);
    assertThat(AckCodec.decode(golden("ack.json"))).isEqualTo(Messages.ACK);
    assertThat(AckCodec.decode(golden("ack-of-store.json"))).isEqualTo(Messages.ACK_OF_STORE);
    assertThat(StateCodec.decode(golden("state.json"))).isEqualTo(Messages.STATE);
    assertThat(StateCodec.decode(golden("state-asking.json"))).isEqualTo(Messages.STATE_ASKING);
    assertThat(CommandCodec.decode(golden("cmd.json"))).isEqualTo(Messages.COMMAND);
  }

  static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  /** Writes the files anew; only for a format that no agent speaks yet. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, byte[]> message : written().entrySet()) {
      Files.write(Path.of(args[0], message.getKey()), message.getValue());
    }
  }
}
