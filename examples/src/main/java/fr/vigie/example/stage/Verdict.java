package fr.vigie.example.stage;

/** How a fault ended. */
public enum Verdict {
  HELD("held"),
  FAILED("FAILED"),
  NOT_RUN("not run");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
