package fr.vigie.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The calls of the C library that Java 17 has no word for, as Linux defines them. Loaded only when
 * one of them is needed. JNA's own library is taken from the folder {@value #FOLDER} if it is
 * there, so that nothing is unpacked into a temporary folder.
 */
final class Libc {
  static final int AF_UNIX = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int MSG_DONTWAIT = 0x40;
  static final int TIME_ERROR = 5;

  private static final String FOLDER = "vigie.native";
  private static final String BOOT_PATH = "jna.boot.library.path";

  static {
    Path folder =
        Path.of(System.getProperty(FOLDER, ""), "com", "sun", "jna", Platform.RESOURCE_PREFIX);
    if (System.getProperty(BOOT_PATH) == null && Files.isDirectory(folder)) {
      System.setProperty(BOOT_PATH, folder.toString());
    }
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  static native NativeLong sendto(
      int fd, Pointer bytes, NativeLong count, int flags, Pointer address, int length)
      throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int adjtimex(Pointer timex) throws LastErrorException;

  static Memory memory(byte[] bytes) {
    Memory memory = new Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }
}
