package fr.vigie.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the kernel's clock is synchronised: says systemd-timesyncd with a file, or any other time
 * service (chrony, ntpd, PTP) with the kernel's own flag. Safe for use by several threads.
 */
public final class KernelClock {
  private static final Logger LOG = LoggerFactory.getLogger(KernelClock.class);
  private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");
  private static final int MORE_THAN_TIMEX = 512;

  private boolean unaskable;

  public synchronized boolean isSynchronised() {
    return Files.exists(TIMESYNCD) || (!unaskable && flag());
  }

  private boolean flag() {
    try (Memory timex = new Memory(MORE_THAN_TIMEX)) {
      timex.clear();
      return Libc.adjtimex(timex) != Libc.TIME_ERROR;
    } catch (LastErrorException | LinkageError e) {
      unaskable = true;
      LOG.info("The kernel does not say whether its clock is synchronised: {}", e.toString());
      return false;
    }
  }
}
