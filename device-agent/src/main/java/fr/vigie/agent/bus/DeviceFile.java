package fr.vigie.agent.bus;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import fr.vigie.host.NativeCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A device file on which control calls are made, which Java has no word for. */
final class DeviceFile implements Control {
  static final int ENXIO = 6;
  static final int ENOTTY = 25;
  static final int ETIMEDOUT = 110;
  static final int EREMOTEIO = 121;

  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLOSED = -1;

  static {
    NativeCalls.bind(DeviceFile.class);
  }

  private final Path path;
  private int descriptor;

  private DeviceFile(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * @param absent what to do when there is no such file
   * @param group the group whose members may open it
   * @throws IOException when it cannot be opened; the message says what to do
   */
  static DeviceFile open(Path path, String absent, String group) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException(path + " is not there: " + absent);
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw new IOException(
          path
              + " may not be opened by this user: `usermod -aG "
              + group
              + " USER`, and log in again");
    }
    try {
      return new DeviceFile(path, open(path.toString(), O_RDWR | O_CLOEXEC));
    } catch (LastErrorException e) {
      throw new IOException(path + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public int call(NativeLong request, Pointer argument) throws IOException {
    if (descriptor == CLOSED) {
      throw new IOException(path + " is closed");
    }
    try {
      ioctl(descriptor, request, argument);
      return 0;
    } catch (LastErrorException e) {
      return e.getErrorCode();
    }
  }

  @Override
  public void close() {
    if (descriptor != CLOSED) {
      close(descriptor);
      descriptor = CLOSED;
    }
  }

  private static native int open(String path, int flags) throws LastErrorException;

  private static native int ioctl(int descriptor, NativeLong request, Pointer argument)
      throws LastErrorException;

  private static native int close(int descriptor);
}
