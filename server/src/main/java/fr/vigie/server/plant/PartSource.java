package fr.vigie.server.plant;

/** How the parts of a machine are counted. */
public sealed interface PartSource {
  /** A counter that grows by one a part. */
  record Counter(String signal) implements PartSource {}

  /** A signal with one sample a part. */
  record Event(String signal) implements PartSource {}

  /** Each complete cycle is a part. */
  record Cycles() implements PartSource {}

  /** They are not. */
  record None() implements PartSource {}
}
