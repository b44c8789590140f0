package fr.vigie.host;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Binds native methods of a class to the C library. JNA's own library is taken from the folder
 * {@value #FOLDER} if it is there, so that nothing is unpacked into a temporary folder.
 */
public final class NativeCalls {
  private static final String FOLDER = "vigie.native";
  private static final String BOOT_PATH = "jna.boot.library.path";

  private NativeCalls() {}

  /**
   * Binds the native methods of a class, by their names; to be called as the class is loaded.
   *
   * @throws LinkageError when JNA has no library for this machine, or the C library lacks one
   */
  public static void bind(Class<?> calls) {
    Path folder =
        Path.of(System.getProperty(FOLDER, ""), "com", "sun", "jna", Platform.RESOURCE_PREFIX);
    if (System.getProperty(BOOT_PATH) == null && Files.isDirectory(folder)) {
      System.setProperty(BOOT_PATH, folder.toString());
    }
    Native.register(calls, "c");
  }
}
