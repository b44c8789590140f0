package fr.vigie.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the process does, by the protocol of sd_notify(3): one datagram a message.
 * Where nobody supervises, every word is dropped. Safe for use by several threads.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int LONGEST_PATH = 107;

  private final byte[] socket;
  private final Optional<Duration> watchdog;
  private String problem = "";

  private Supervisor(byte[] socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /**
   * @param environment of the process
   * @param pid of the process, for a watchdog that is meant for another one
   */
  public static Supervisor of(Map<String, String> environment, long pid) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_PATH || !(path.startsWith("/") || path.startsWith("@"))) {
      return new Supervisor(new byte[0], Optional.empty());
    }
    if (bytes[0] == '@') {
      bytes[0] = 0;
    }
    return new Supervisor(bytes, watchdog(environment, pid));
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String whom = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return micros.matches("[1-9][0-9]{0,15}") && whom.equals(Long.toString(pid))
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000))
        : Optional.empty();
  }

  public boolean isThere() {
    return socket.length > 0;
  }

  /** The process is killed when it does not say {@link #alive} for so long; empty for never. */
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  /** All that the process is there for works. */
  public void ready(String status) {
    tell("READY=1\nSTATUS=" + line(status));
  }

  public void stopping() {
    tell("STOPPING=1");
  }

  /** Feeds the watchdog. */
  public void alive(String status) {
    tell("WATCHDOG=1\nSTATUS=" + line(status));
  }

  /** Tells how things are, without feeding the watchdog. */
  public void status(String status) {
    tell("STATUS=" + line(status));
  }

  private static String line(String text) {
    return text.replace('\n', ' ');
  }

  private synchronized void tell(String words) {
    if (!isThere()) {
      return;
    }
    try {
      send(words.getBytes(StandardCharsets.UTF_8));
      problem = "";
    } catch (LastErrorException | LinkageError e) {
      String why = "the supervisor does not hear this process: " + e.getMessage();
      if (!why.equals(problem)) {
        LOG.warn(why);
      }
      problem = why;
    }
  }

  private void send(byte[] words) {
    int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
    try (Memory text = Libc.memory(words);
        Memory address = address()) {
      Libc.sendto(
          fd,
          text,
          new NativeLong(words.length),
          Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT,
          address,
          (int) address.size());
    } finally {
      Libc.close(fd);
    }
  }

  /** struct sockaddr_un: the family as a short of the machine, then the path. */
  private Memory address() {
    boolean named = socket[0] != 0;
    Memory address = new Memory(2L + socket.length + (named ? 1 : 0));
    address.clear();
    address.setShort(0, (short) Libc.AF_UNIX);
    address.write(2, socket, 0, socket.length);
    return address;
  }
}
