package fr.vigie.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * The calls of the C library that Java 17 has no word for, as Linux defines them. Loaded only when
 * one of them is needed.
 */
final class Libc {
  static final int AF_UNIX = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int MSG_DONTWAIT = 0x40;
  static final int TIME_ERROR = 5;

  static {
    NativeCalls.bind(Libc.class);
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
