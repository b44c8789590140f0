package fr.vigie.wire;

import org.jspecify.annotations.Nullable;

/** Commands as JSON. Safe for use by several threads. */
public final class CommandCodec {
  private CommandCodec() {}

  public static byte[] encode(Command command) {
    return Json.write(
        out -> {
          out.writeStringProperty("id", Json.wellFormed(command.id()));
          out.writeStringProperty("name", Json.wellFormed(command.name()));
        });
  }

  /**
   * @throws WireException when the bytes are not a command; its name may be one that the reader
   *     does not know
   */
  public static Command decode(byte[] bytes) throws WireException {
    return Json.read("command", bytes, CommandCodec::command);
  }

  private static Command command(JsonReader in) throws WireException {
    @Nullable String[] text = new @Nullable String[2];
    in.versioned(
        name -> {
          switch (name) {
            case "id" -> text[0] = in.text(name);
            case "name" -> text[1] = in.text(name);
            default -> in.skip();
          }
        });
    return new Command(in.required("id", text[0]), in.required("name", text[1]));
  }
}
