package fr.vigie.example.stage;

/** The fault was not made; the message says why. */
public final class NotRun extends Exception {
  private static final long serialVersionUID = 1L;

  public NotRun(String why) {
    super(why);
  }
}
