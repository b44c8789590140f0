package fr.vigie.wire;

/**
 * What the server asks of an agent. An agent ignores a name that it does not know and an identifier
 * that it has already obeyed.
 *
 * @param id drawn anew for each command
 * @param name what to do, such as {@link #BIRTH}
 */
public record Command(String id, String name) {
  /** Send your birth again. */
  public static final String BIRTH = "birth";

  /**
   * @throws IllegalArgumentException when a field is empty or longer than 64 characters
   */
  public Command {
    if (id.isEmpty() || id.length() > 64 || name.isEmpty() || name.length() > 64) {
      throw new IllegalArgumentException(
          "identifier and name of a command have 1 to 64 characters");
    }
  }
}
