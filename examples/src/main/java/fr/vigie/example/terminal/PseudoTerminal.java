package fr.vigie.example.terminal;

import static fr.vigie.example.terminal.Libc.LIBC;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A serial line of which we hold the device's end. The other end is a path that a reader opens like
 * any port; it stays open on our side too, so that bytes wait there while no reader runs and none
 * is told that the line hung up. One thread may write while others look or close.
 */
public final class PseudoTerminal implements Closeable {
  private static final int TERMIOS_ROOM = 256;
  private static final int CHUNK = 1024;
  private static final int POLL_MILLIS = 50;

  private final Path port;
  private final Path device;
  private final Memory buffer = new Memory(CHUNK);
  private final Memory heard = new Memory(CHUNK);
  private final int master;
  private final int slave;
  private volatile boolean closed;
  private boolean released;

  private PseudoTerminal(Path port, Path device, int master, int slave) {
    this.port = port;
    this.device = device;
    this.master = master;
    this.slave = slave;
  }

  /**
   * Opens a raw line and lets {@code port}, a symbolic link which is replaced when it exists, lead
   * to it.
   *
   * @throws IOException when the system has no pseudo-terminals, or the link cannot be made
   */
  public static PseudoTerminal open(Path port) throws IOException {
    if (!Platform.isLinux()) {
      throw new IOException(
          "simulated serial lines need Linux, found " + System.getProperty("os.name"));
    }
    int master = -1;
    int slave = -1;
    try {
      master = LIBC.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
      LIBC.grantpt(master);
      LIBC.unlockpt(master);
      String device = name(master);
      slave = LIBC.open(device, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
      makeRaw(slave);
      LIBC.fcntl(master, Libc.F_SETFL, Libc.O_RDWR | Libc.O_NONBLOCK);
      link(port, Path.of(device));
      return new PseudoTerminal(port, Path.of(device), master, slave);
    } catch (LastErrorException | IOException e) {
      closeQuietly(slave);
      closeQuietly(master);
      throw new IOException("no simulated serial line at " + port + ": " + e.getMessage(), e);
    }
  }

  /** The stable path that a reader opens. */
  public Path port() {
    return port;
  }

  /** What {@link #port()} leads to, such as {@code /dev/pts/3}. */
  public Path device() {
    return device;
  }

  /**
   * Writes all bytes, as fast as the reader takes them.
   *
   * @throws InterruptedIOException when the thread was interrupted or the line closed before all
   *     were taken
   */
  public void write(byte[] bytes) throws IOException {
    int written = write(bytes, Duration.ofNanos(Long.MAX_VALUE));
    if (written < bytes.length) {
      throw new InterruptedIOException(
          "stopped after " + written + " of " + bytes.length + " bytes for " + port);
    }
  }

  /**
   * Writes what the line takes until {@code patience} has passed, the thread is interrupted or the
   * line is closed.
   *
   * @return how many bytes it took
   */
  public synchronized int write(byte[] bytes, Duration patience) throws IOException {
    long start = System.nanoTime();
    int done = 0;
    while (done < bytes.length && !closed && !Thread.currentThread().isInterrupted()) {
      int taken = writeSome(bytes, done);
      done += taken;
      long left = patience.toNanos() - (System.nanoTime() - start);
      if (taken == 0) {
        if (left <= 0) {
          break;
        }
        awaitRoom(left);
      }
    }
    return done;
  }

  /**
   * Takes what was written, as a reader of the port would; not while another one reads, and not
   * once the line is closed.
   *
   * @return nothing when nothing came within some tens of milliseconds
   */
  public byte[] read() throws IOException {
    try {
      LIBC.poll(new Libc.Poll(slave, Libc.POLLIN), new NativeLong(1), POLL_MILLIS);
      if (!waiting()) {
        return new byte[0];
      }
      int count = LIBC.read(slave, heard, new NativeLong(CHUNK)).intValue();
      return heard.getByteArray(0, count);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == Libc.EINTR) {
        return new byte[0];
      }
      throw failed("read", e);
    }
  }

  /** Whether {@link #bytesWaiting()}. */
  public boolean waiting() throws IOException {
    return bytesWaiting() > 0;
  }

  /**
   * How many bytes a reader would get at once, at most 4,096. The line may hold some more, and what
   * was written in the last milliseconds may not count yet.
   */
  public synchronized int bytesWaiting() throws IOException {
    if (closed) {
      return 0;
    }
    IntByReference count = new IntByReference();
    try {
      LIBC.ioctl(slave, new NativeLong(Libc.FIONREAD), count);
    } catch (LastErrorException e) {
      throw failed("ask", e);
    }
    return count.getValue();
  }

  /** Ends the line; a reader then sees it hang up. Removes the link if it is still ours. */
  @Override
  public void close() throws IOException {
    closed = true;
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
      closeQuietly(slave);
      closeQuietly(master);
      if (Files.isSymbolicLink(port) && Files.readSymbolicLink(port).equals(device)) {
        Files.delete(port);
      }
    }
  }

  private int writeSome(byte[] bytes, int from) throws IOException {
    int count = Math.min(CHUNK, bytes.length - from);
    buffer.write(0, bytes, from, count);
    try {
      allowAnotherReader();
      return LIBC.write(master, buffer, new NativeLong(count)).intValue();
    } catch (LastErrorException e) {
      if (e.getErrorCode() == Libc.EAGAIN || e.getErrorCode() == Libc.EINTR) {
        return 0;
      }
      throw failed("write", e);
    }
  }

  /** A reader that claimed the port and was killed would keep it claimed, since we hold it open. */
  private void allowAnotherReader() {
    LIBC.ioctl(slave, new NativeLong(Libc.TIOCNXCL), null);
  }

  private void awaitRoom(long nanos) throws IOException {
    long millis = Math.min(POLL_MILLIS, nanos / 1_000_000 + 1);
    try {
      LIBC.poll(new Libc.Poll(master, Libc.POLLOUT), new NativeLong(1), (int) millis);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != Libc.EINTR) {
        throw failed("wait", e);
      }
    }
  }

  private IOException failed(String what, LastErrorException e) {
    return new IOException("cannot " + what + " on " + port + ": " + e.getMessage(), e);
  }

  private static String name(int master) {
    byte[] name = new byte[128];
    LIBC.ptsname_r(master, name, new NativeLong(name.length));
    int end = 0;
    while (name[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOf(name, end), StandardCharsets.US_ASCII);
  }

  private static void makeRaw(int fd) {
    try (Memory termios = new Memory(TERMIOS_ROOM)) {
      LIBC.tcgetattr(fd, termios);
      LIBC.cfmakeraw(termios);
      LIBC.tcsetattr(fd, Libc.TCSANOW, termios);
    }
  }

  private static void link(Path port, Path device) throws IOException {
    if (Files.isSymbolicLink(port)) {
      Files.delete(port);
    }
    Files.createSymbolicLink(port, device);
  }

  private static void closeQuietly(int fd) {
    if (fd >= 0) {
      try {
        LIBC.close(fd);
      } catch (LastErrorException e) {
        // Nothing is left to release, and the first failure is the one to tell.
      }
    }
  }
}
