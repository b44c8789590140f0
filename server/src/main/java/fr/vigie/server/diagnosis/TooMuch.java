package fr.vigie.server.diagnosis;

/** A question would read more samples than one question may. */
public final class TooMuch extends RuntimeException {
  private final long samples;
  private final long most;

  public TooMuch(long samples, long most) {
    super("the question reads " + samples + " samples, at most " + most + " are allowed");
    this.samples = samples;
    this.most = most;
  }

  public long samples() {
    return samples;
  }

  public long most() {
    return most;
  }
}
