package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchIdentityTest {
  private static final Batch BATCH = new Batch(-77, 42, 3, 9, List.of(), List.of());

  @Test
  void aWholeBatchSaysWhichItIsInEitherForm() {
    for (Payload payload : Payload.values()) {
      assertThat(BatchIdentity.of(BatchCodec.encode(BATCH, payload)))
          .contains(new BatchIdentity(-77, 42));
    }
  }

  @Test
  void jsonSaysItEvenWhenTheRestCannotBeRead() {
    assertThat(of("{\"v\":1,\"epoch\":\"5\",\"sequence\":6,\"floor\":0,\"groups\":1e999}"))
        .contains(new BatchIdentity(5, 6));
    assertThat(of("{\"v\":1,\"epoch\":\"5\",\"sequence\":6,\"groups\":[")).isPresent();
  }

  @Test
  void whatIsDamagedOrOfALaterVersionDoesNot() {
    assertThat(of("{\"v\":2,\"epoch\":\"5\",\"sequence\":6}")).isEmpty();
    assertThat(of("{\"v\":1,\"epoch\":\"5\",\"sequence\":0}")).isEmpty();
    assertThat(of("{\"v\":1,\"epoch\":\"5\"}")).isEmpty();
    assertThat(of("{")).isEmpty();
    assertThat(of("")).isEmpty();
    byte[] columns = BatchCodec.encode(BATCH, Payload.COLUMNS);
    for (int i = 0; i < columns.length; i++) {
      byte[] damaged = columns.clone();
      damaged[i] ^= 0x10;
      assertThat(BatchIdentity.of(damaged)).as("byte %d", i).isEmpty();
    }
  }

  private static java.util.Optional<BatchIdentity> of(String json) {
    return BatchIdentity.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
