package fr.vigie.agent.bus;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads jSerialComm's native library. Left to itself it unpacks into the temporary folder under a
 * name that anyone can foresee and write. Where the folder of {@value #PATH} does not hold it, it
 * is unpacked into a folder that only this user can read, and removed as soon as it is loaded.
 */
final class NativeLibrary {
  static final String PATH = "jSerialComm.library.path";
  private static final String FILE = "libjSerialComm.so";
  private static final List<String> BOARDS =
      List.of("x86_64", "armv8_64", "armv8_32", "armv7hf", "armv6hf", "armv5", "x86", "ppc64le");

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * @throws IOException when it can neither be found nor unpacked
   */
  static synchronized void load() throws IOException {
    if (loaded) {
      return;
    }
    String folder = System.getProperty(PATH, "");
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    if (!linux || (!folder.isEmpty() && Files.isDirectory(Path.of(folder)))) {
      initialise();
    } else {
      loadUnpacked(folder);
    }
    loaded = true;
  }

  private static void loadUnpacked(String before) throws IOException {
    Path folder = Files.createTempDirectory("vigie-serial-");
    try {
      for (String board : BOARDS) {
        unpack("Linux/" + board + '/' + FILE, folder);
      }
      System.setProperty(PATH, folder.toString());
      initialise();
    } finally {
      restore(before);
      remove(folder);
    }
  }

  private static void unpack(String resource, Path folder) throws IOException {
    try (InputStream in = SerialPort.class.getClassLoader().getResourceAsStream(resource)) {
      if (in != null) {
        Path file = folder.resolve(resource);
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
      }
    }
  }

  private static void initialise() {
    SerialPort.getVersion();
  }

  private static void restore(String before) {
    if (before.isEmpty()) {
      System.clearProperty(PATH);
    } else {
      System.setProperty(PATH, before);
    }
  }

  private static void remove(Path folder) throws IOException {
    for (String board : BOARDS) {
      Files.deleteIfExists(folder.resolve("Linux").resolve(board).resolve(FILE));
      Files.deleteIfExists(folder.resolve("Linux").resolve(board));
    }
    Files.deleteIfExists(folder.resolve("Linux"));
    Files.delete(folder);
  }
}
