package fr.vigie.example.emulator;

import fr.vigie.example.host.Program;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The slave of {@code examples/modbus-slave} on the other end of the board's serial line. */
final class ModbusSlave {
  private static final Pattern LINE = Pattern.compile("redirected to (/dev/\\S+) \\(label line\\)");

  private ModbusSlave() {}

  /** Why this machine cannot have one; empty when it can. */
  static Optional<String> absent() {
    boolean all =
        Files.exists(Path.of("/usr/include/modbus/modbus.h"))
            && Program.find("gcc").isPresent()
            && Program.find("pkg-config").isPresent();
    return all ? Optional.empty() : Optional.of("no libmodbus (apt install libmodbus-dev gcc)");
  }

  static Path build(Home home, Path folder) throws IOException {
    Path slave = folder.resolve("slave");
    String source = home.folder().resolve("examples/modbus-slave/slave.c").toString();
    Program.run(
        "sh",
        "-c",
        "gcc -O2 -o \"$0\" \"$1\" $(pkg-config --cflags --libs libmodbus)",
        slave.toString(),
        source);
    return slave;
  }

  /** The terminal at the host's end of the line, once the board's console has told it. */
  static Optional<Path> terminal(Path console) throws IOException {
    Matcher line = LINE.matcher(Files.exists(console) ? Files.readString(console) : "");
    return line.find() ? Optional.of(Path.of(line.group(1))) : Optional.empty();
  }

  /** Starts it as unit 7 at 9600 bits a second. */
  static Child start(Home home, Path slave, Path terminal, Path log) throws IOException {
    return home.child(
        "the Modbus slave",
        List.of(slave.toString(), "rtu", terminal.toString(), "9600", "7"),
        log);
  }
}
