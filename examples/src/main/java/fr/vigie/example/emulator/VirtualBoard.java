package fr.vigie.example.emulator;

import fr.vigie.example.host.Program;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The board that {@code examples/board} makes and boots. */
public final class VirtualBoard {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final int NOT_NOW = 75;

  /** {@code no}, or a release of Debian and a Java of it, such as {@code trixie 25}. */
  private static final String CHOICE = "VIGIE_BOARD";

  private static final String NONE = "no";
  private static final String PACKAGES =
      "apt install qemu-system-arm gcc-aarch64-linux-gnu make kmod cpio e2fsprogs xz-utils";

  private final Home home;
  private final Path image;

  private VirtualBoard(Home home, Path image) {
    this.home = home;
    this.image = image;
  }

  /** How the board's time passes. */
  public enum Time {
    /** By instructions: what is counted does not depend on the host's load. There is no network. */
    EXACT,
    /** By instructions, but waiting takes as long as on the host. */
    SHARED
  }

  /** Why this machine cannot have one, and what to do; empty when it can. */
  public static Optional<String> absent() {
    if (choice().equals(NONE)) {
      return Optional.of(CHOICE + '=' + NONE);
    }
    boolean all =
        Stream.of("qemu-system-aarch64", "make", "depmod", "cpio", "mke2fs", "xz", "apt-get")
            .allMatch(name -> Program.find(name).isPresent());
    boolean compiler =
        Program.find("aarch64-linux-gnu-gcc").isPresent()
            || System.getProperty("os.arch").equals("aarch64");
    return all && compiler ? Optional.empty() : Optional.of("no virtual board (" + PACKAGES + ")");
  }

  private static String choice() {
    return Optional.ofNullable(System.getenv(CHOICE)).orElse("").strip();
  }

  /**
   * Makes what the board boots, unless it is there: the first time takes a minute, and Debian's
   * mirror.
   *
   * @param log what the makers say
   * @return empty when the mirror does not answer
   * @throws IOException when it cannot be made
   */
  public static Optional<VirtualBoard> make(Home home, Path log)
      throws IOException, InterruptedException {
    Path said = log.resolveSibling("board.folder");
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "out=$1; shift; \"$0\" \"$@\" >\"$out\""));
    command.addAll(List.of(scripts(home) + "/build", said.toString()));
    if (!choice().isEmpty()) {
      command.addAll(List.of(choice().split("\\s+")));
    }
    Child maker = home.child("the making of the board", command, log);
    OptionalInt code = maker.awaitEnd(BUILD);
    if (code.isPresent() && code.getAsInt() == NOT_NOW) {
      return Optional.empty();
    }
    if (code.isEmpty() || code.getAsInt() != 0) {
      maker.kill();
      throw new IOException("the board cannot be made:\n" + Files.readString(log));
    }
    return Optional.of(new VirtualBoard(home, Path.of(Files.readString(said).strip())));
  }

  /** The version of the board's Java, such as 17. */
  public int java() {
    return Integer.parseInt(image.getFileName().toString().split("-")[1]);
  }

  private static Path scripts(Home home) {
    return home.folder().resolve("examples/board");
  }

  /**
   * Puts the agent as it is installed, and these examples with the Pi4J that the agent does not
   * bring, into a folder for the board.
   *
   * @param job what the board is to do, a shell script that finds the folder at {@code /host}
   */
  public void load(Path folder, String job) throws IOException {
    Path agent = home.folder().resolve("device-agent");
    copy(agent.resolve("target/vigie-agent.jar"), folder.resolve("vigie-agent.jar"));
    copy(agent.resolve("jvm.options"), folder.resolve("jvm.options"));
    copyAll(agent.resolve("target/lib"), "*", folder.resolve("lib"));
    copyAll(
        agent.resolve("target/native/com/sun/jna/linux-aarch64"),
        "*",
        folder.resolve("native/com/sun/jna/linux-aarch64"));
    copyAll(
        agent.resolve("target/native/Linux/armv8_64"),
        "*",
        folder.resolve("native/Linux/armv8_64"));
    Path examples = home.folder().resolve("examples/target");
    copyAll(examples, "vigie-examples.jar", folder.resolve("drivers"));
    copyAll(examples.resolve("lib"), "pi4j-core-*.jar", folder.resolve("drivers"));
    Files.writeString(folder.resolve("job"), job);
  }

  private static void copyAll(Path from, String names, Path to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, names)) {
      for (Path file : files) {
        copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Boots the board; it ends when its job has.
   *
   * @param folder as it was loaded
   * @param more words of {@code boot}'s environment, such as a port for shells
   * @param console what the board says
   */
  public Child boot(Time time, Path folder, Map<String, String> more, Path console)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/env");
    command.add("TIME=" + (time == Time.EXACT ? "exact" : "shared"));
    more.forEach((name, value) -> command.add(name + '=' + value));
    command.addAll(List.of(scripts(home) + "/boot", image.toString(), folder.toString()));
    return home.child("the board", command, console);
  }
}
