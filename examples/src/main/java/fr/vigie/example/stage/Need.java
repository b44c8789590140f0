package fr.vigie.example.stage;

import fr.vigie.example.emulator.VirtualBoard;
import fr.vigie.example.host.Program;
import fr.vigie.example.installation.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a fault needs of the machine. */
public enum Need {
  ROOT,
  LOOP,
  NETWORK,
  FAKETIME,
  MOSQUITTO,
  OPENSSL,
  BOARD;

  private static final Path FAKETIME_LIBRARY =
      Path.of("/usr/lib", architecture() + "-linux-gnu", "faketime/libfaketime.so.1");

  /** Why this machine does not have it, and what to do; empty when it does. */
  public Optional<String> absent() {
    return switch (this) {
      case ROOT -> unless("root".equals(System.getProperty("user.name")), "needs root");
      case LOOP ->
          unless(
              Files.exists(Path.of("/dev/loop-control")) && Program.find("mkfs.ext4").isPresent(),
              "needs loop devices and mkfs.ext4 (apt install e2fsprogs)");
      case NETWORK ->
          unless(
              Program.find("ip").isPresent()
                  && Program.find("tc").isPresent()
                  && Program.find("iptables").isPresent(),
              "needs ip, tc and iptables (apt install iproute2 iptables)");
      case FAKETIME ->
          unless(Files.exists(FAKETIME_LIBRARY), "needs libfaketime (apt install libfaketime)");
      case BOARD -> VirtualBoard.absent();
      case MOSQUITTO ->
          unless(Mosquitto.installed().isPresent(), "needs Mosquitto (apt install mosquitto)");
      case OPENSSL ->
          unless(Program.find("openssl").isPresent(), "needs OpenSSL (apt install openssl)");
    };
  }

  /** The library that shows a process another time, to be preloaded. */
  public static String faketime() {
    return FAKETIME_LIBRARY.toString();
  }

  private static Optional<String> unless(boolean there, String why) {
    return there ? Optional.empty() : Optional.of(why);
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
