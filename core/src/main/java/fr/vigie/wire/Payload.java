package fr.vigie.wire;

/** How a batch is written; a reader knows by the first byte. */
public enum Payload {
  /** Compressed columns, the default. */
  COLUMNS,
  /** Plain JSON, for people and other software. */
  JSON
}
