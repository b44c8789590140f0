package fr.vigie.agent.telegram;

/** Bytes of a scanner to what it scanned. Memory is bounded. For one thread. */
public sealed interface ScanDecoder permits SerialScans, KeyboardScans {
  /** Takes what the decoder finds. */
  interface Scans {
    void scan(String text);

    void rejected(String why);
  }

  int LONGEST = 4096;

  void feed(byte[] bytes, int count, Scans scans);

  /** Nothing came for a while: what has not ended never will. */
  void silent(Scans scans);
}
