package fr.vigie.server.store.sqlite;

/** Where to cut a sorted run into chunks: even in samples, and bounded in characters. */
final class Pieces {
  static final int MOST_CHARACTERS = 1 << 20;

  private Pieces() {}

  static int end(Run run, int from, int to, int mostSamples) {
    int left = to - from;
    int chunks = (left + mostSamples - 1) / mostSamples;
    int end = from + (left + chunks - 1) / chunks;
    if (!run.isText()) {
      return end;
    }
    long characters = run.textLength(from);
    for (int i = from + 1; i < end; i++) {
      characters += run.textLength(i);
      if (characters > MOST_CHARACTERS) {
        return i;
      }
    }
    return end;
  }
}
