package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCodecTest {
  @ParameterizedTest
  @EnumSource(Payload.class)
  void batchComesBackAsItWas(Payload payload) throws WireException {
    Column speed =
        Column.numbers()
            .add(1_700_000_000_000_000_000L, 21.5, Quality.GOOD)
            .addMissing(1_700_000_000_100_000_000L)
            .add(1_700_000_000_200_000_000L, -0.0, Quality.UNCERTAIN)
            .build();
    Column state =
        Column.texts().add(1_700_000_000_000_000_000L, "Arrêt", Quality.CLOCK_UNSYNCED).build();
    Loss loss =
        new Loss(
            "*", new Span(Instant.EPOCH, Instant.EPOCH.plusNanos(1)), -1, Loss.Reason.HEAD_FULL);
    Batch batch =
        new Batch(
            -7,
            3,
            1,
            0xdeadbeef,
            List.of(
                new Batch.Part(4, speed),
                new Batch.Part(9, state),
                new Batch.Part(10, Column.texts().build())),
            List.of(loss));

    assertThat(BatchCodec.decode(BatchCodec.encode(batch, payload))).isEqualTo(batch);
  }
}
