package fr.vigie.agent.bus;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import fr.vigie.host.NativeCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A device that types like a keyboard, such as a barcode scanner, held by this process alone: what
 * it types reaches no screen. One thread uses it.
 */
public final class InputDevice implements Closeable {
  /** Bytes of one {@code struct input_event}. */
  public static final int EVENT_BYTES = 2 * NativeLong.SIZE + 8;

  private static final int READ_ALONE = 0x800 | 0x80000; // O_NONBLOCK | O_CLOEXEC
  private static final NativeLong GRAB = new NativeLong(0x40044590L);
  private static final NativeLong YES = new NativeLong(1);
  private static final NativeLong ONE = new NativeLong(1);
  private static final short READABLE = 1;
  private static final int BUSY = 16;
  private static final int INTERRUPTED = 4;
  private static final int WAIT_MILLIS = 200;
  private static final int CLOSED = -1;

  static {
    NativeCalls.bind(InputDevice.class);
  }

  private final Path name;
  private final Memory poll = new Memory(8);
  private final Memory buffer = new Memory(64L * EVENT_BYTES);
  private int fd;

  private InputDevice(Path name, int fd) {
    this.name = name;
    this.fd = fd;
  }

  /**
   * Opens a device, whose symbolic link is resolved each time, and takes it for this process.
   *
   * @param device such as {@code /dev/input/by-id/…-event-kbd}
   * @throws IOException when it cannot be had; the message says what to do
   */
  public static InputDevice open(Path device) throws IOException {
    InputDevice opened = openShared(device);
    try {
      ioctl(opened.fd, GRAB, YES);
      return opened;
    } catch (LastErrorException e) {
      opened.close();
      throw new IOException(
          device
              + (e.getErrorCode() == BUSY
                  ? " is held by another program: `fuser " + device + "` tells which"
                  : " is no device that types: it is one of /dev/input/by-id/…-event-kbd"),
          e);
    }
  }

  static InputDevice openShared(Path device) throws IOException {
    if (!Files.exists(device)) {
      throw new IOException(
          device + " is not there: is the device plugged in? See `ls /dev/input/by-id`");
    }
    if (!Files.isReadable(device)) {
      throw new IOException(
          device + " may not be read by this user: `usermod -aG input USER`, and log in again");
    }
    try {
      return new InputDevice(device, open(device.toRealPath().toString(), READ_ALONE));
    } catch (LastErrorException e) {
      throw new IOException(device + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Waits for events, 200 ms at most.
   *
   * @return how many bytes of whole events came, 0 when none did
   * @throws IOException when the device is gone
   */
  public int read(byte[] into) throws IOException {
    poll.setInt(0, fd);
    poll.setShort(4, READABLE);
    poll.setShort(6, (short) 0);
    try {
      if (poll(poll, ONE, WAIT_MILLIS) == 0) {
        return 0;
      }
      long most = Math.min(into.length / EVENT_BYTES * EVENT_BYTES, buffer.size());
      int count = read(fd, buffer, new NativeLong(most)).intValue();
      if (count == 0) {
        throw new IOException(name + " is gone: was the device unplugged?");
      }
      buffer.read(0, into, 0, count);
      return count;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == INTERRUPTED) {
        return 0;
      }
      throw new IOException(name + " is gone: was the device unplugged?", e);
    }
  }

  @Override
  public void close() {
    if (fd != CLOSED) {
      close(fd);
      fd = CLOSED;
    }
  }

  private static native int open(String path, int flags) throws LastErrorException;

  private static native int ioctl(int fd, NativeLong request, NativeLong argument)
      throws LastErrorException;

  private static native int poll(Pointer fds, NativeLong count, int millis)
      throws LastErrorException;

  private static native NativeLong read(int fd, Pointer into, NativeLong count)
      throws LastErrorException;

  private static native int close(int fd);
}
