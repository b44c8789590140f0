package fr.vigie.wire;

/**
 * Batches to bytes and back, see {@code docs/reference/wire.md}. Safe for use by several threads.
 */
public final class BatchCodec {
  public static final int MOST_SAMPLES = 1_000_000;
  public static final int MOST_SIGNALS = Birth.MOST_SIGNALS;
  public static final int MOST_LOSSES = 10_000;

  private BatchCodec() {}

  /**
   * @throws IllegalArgumentException when a signal stands twice, or the batch holds more than
   *     {@value #MOST_SAMPLES} samples or {@value #MOST_LOSSES} losses
   */
  public static byte[] encode(Batch batch, Payload payload) {
    check(batch);
    return switch (payload) {
      case COLUMNS -> ColumnsBatch.encode(batch);
      case JSON -> JsonBatch.encode(batch);
    };
  }

  /**
   * Reads either form. The parts come in the order of their places.
   *
   * @throws WireException when the bytes are not a batch or beyond the limits
   */
  public static Batch decode(byte[] bytes) throws WireException {
    return bytes.length > 0 && bytes[0] == '{'
        ? JsonBatchReader.decode(bytes)
        : ColumnsBatch.decode(bytes);
  }

  private static void check(Batch batch) {
    long samples = batch.parts().stream().mapToLong(part -> part.samples().size()).sum();
    if (samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "a batch holds at most " + MOST_SAMPLES + " samples, found " + samples);
    }
    if (batch.losses().size() > MOST_LOSSES) {
      throw new IllegalArgumentException(
          "a batch holds at most " + MOST_LOSSES + " losses, found " + batch.losses().size());
    }
    int[] places = batch.parts().stream().mapToInt(Batch.Part::signal).sorted().toArray();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= MOST_SIGNALS) {
        throw new IllegalArgumentException("no birth has a signal at the place " + places[i]);
      }
      if (i > 0 && places[i] == places[i - 1]) {
        throw new IllegalArgumentException("signal " + places[i] + " stands twice in a batch");
      }
    }
  }
}
