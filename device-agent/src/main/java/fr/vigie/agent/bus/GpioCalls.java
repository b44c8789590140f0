package fr.vigie.agent.bus;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import fr.vigie.host.NativeCalls;

/** The system calls and structures of the kernel's GPIO character device, second version. */
final class GpioCalls {
  static final int O_RDWR = 0x2;
  static final int O_CLOEXEC = 0x80000;
  static final short POLLIN = 0x1;
  static final int EINTR = 4;
  static final int EBUSY = 16;

  static final NativeLong GET_CHIP = new NativeLong(0x8044B401L);
  static final NativeLong GET_LINE_INFO = new NativeLong(0xC100B405L);
  static final NativeLong GET_LINES = new NativeLong(0xC250B407L);
  static final NativeLong GET_VALUES = new NativeLong(0xC010B40EL);

  static final long ACTIVE_LOW = 1 << 1;
  static final long INPUT = 1 << 2;
  static final long RISING = 1 << 4;
  static final long FALLING = 1 << 5;
  static final long PULL_UP = 1 << 8;
  static final long PULL_DOWN = 1 << 9;
  static final long NO_PULL = 1 << 10;

  static {
    NativeCalls.bind(GpioCalls.class);
  }

  private GpioCalls() {}

  static native int open(String path, int flags) throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int ioctl(int fd, NativeLong request, Pointer argument) throws LastErrorException;

  static native NativeLong read(int fd, Pointer into, NativeLong count) throws LastErrorException;

  static native int poll(Pointer fds, NativeLong count, int millis) throws LastErrorException;

  /** struct gpiochip_info. */
  static final class Chip {
    static final int SIZE = 68;
    static final int NAME = 0;
    static final int LABEL = 32;
    static final int LINES = 64;

    private Chip() {}
  }

  /** struct gpio_v2_line_info. */
  static final class LineInfo {
    static final int SIZE = 256;
    static final int NAME = 0;
    static final int USER = 32;
    static final int OFFSET = 64;

    private LineInfo() {}
  }

  /** struct gpio_v2_line_request. */
  static final class Request {
    static final int SIZE = 592;
    static final int MOST_LINES = 64;
    static final int OFFSETS = 0;
    static final int USER = 256;
    static final int MOST_USER_BYTES = 31;
    static final int FLAGS = 288;
    static final int LINES = 560;
    static final int EVENTS = 564;
    static final int FD = 588;

    private Request() {}
  }

  /** struct gpio_v2_line_event. */
  static final class Event {
    static final int SIZE = 48;
    static final int NANOS = 0;
    static final int KIND = 8;
    static final int OFFSET = 12;
    static final int LINE_SEQUENCE = 20;
    static final int IS_RISING = 1;

    private Event() {}
  }
}
