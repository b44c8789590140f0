package fr.vigie.example.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** The calls of the C library that a pseudo-terminal needs, as Linux defines them. */
interface Libc extends Library {
  Libc LIBC = Native.load("c", Libc.class);

  int O_RDWR = 0x2;
  int O_NOCTTY = 0x100;
  int O_NONBLOCK = 0x800;
  int O_CLOEXEC = 0x80000;
  int TCSANOW = 0;
  int F_SETFL = 4;
  int FIONREAD = 0x541B;
  int TIOCNXCL = 0x540D;
  short POLLIN = 0x1;
  short POLLOUT = 0x4;
  int EAGAIN = 11;
  int EINTR = 4;

  int posix_openpt(int flags) throws LastErrorException;

  int grantpt(int fd) throws LastErrorException;

  int unlockpt(int fd) throws LastErrorException;

  int ptsname_r(int fd, byte[] name, NativeLong size) throws LastErrorException;

  int open(String path, int flags) throws LastErrorException;

  int close(int fd) throws LastErrorException;

  NativeLong write(int fd, Pointer bytes, NativeLong count) throws LastErrorException;

  NativeLong read(int fd, Pointer bytes, NativeLong count) throws LastErrorException;

  int poll(Poll poll, NativeLong count, int millis) throws LastErrorException;

  int ioctl(int fd, NativeLong request, @Nullable IntByReference answer) throws LastErrorException;

  int fcntl(int fd, int command, int argument) throws LastErrorException;

  int tcgetattr(int fd, Pointer termios) throws LastErrorException;

  int tcsetattr(int fd, int when, Pointer termios) throws LastErrorException;

  void cfmakeraw(Pointer termios);

  /** struct pollfd. */
  @Structure.FieldOrder({"fd", "events", "revents"})
  final class Poll extends Structure {
    public int fd;
    public short events;
    public short revents;

    Poll(int fd, short events) {
      this.fd = fd;
      this.events = events;
    }
  }
}
