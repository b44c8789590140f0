package fr.vigie.example.terminal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A cable from a device's line to the port that a reader opens, which can be pulled, put back
 * elsewhere, and made noisy. What a device says into a pulled cable is lost. Any thread may call.
 */
public final class Cable implements Closeable {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final PseudoTerminal device;
  private final Thread carrier = new Thread(this::carry, "cable");
  private volatile Optional<PseudoTerminal> port = Optional.empty();
  private volatile UnaryOperator<byte[]> noise = bytes -> bytes;
  private volatile Optional<IOException> failure = Optional.empty();
  private volatile boolean carrying;
  private volatile boolean closed;

  private Cable(PseudoTerminal device) {
    this.device = device;
  }

  /** Leads from a device to a port, at once. */
  public static Cable lay(PseudoTerminal device, Path port) throws IOException {
    Cable cable = new Cable(device);
    cable.plug(port);
    cable.carrier.setDaemon(true);
    cable.carrier.start();
    return cable;
  }

  /** Makes the cable end at a port, which appears now. */
  public void plug(Path at) throws IOException {
    port = Optional.of(PseudoTerminal.open(at));
  }

  /** Pulls the cable: its port is gone, and whoever reads it sees the line hang up. */
  public void pull() throws IOException {
    Optional<PseudoTerminal> last = port;
    port = Optional.empty();
    if (last.isPresent()) {
      last.get().close();
    }
  }

  /** Changes what passes from now on. */
  public void noise(UnaryOperator<byte[]> change) {
    noise = change;
  }

  /**
   * Whether something is on its way, or waits for a reader.
   *
   * @throws IOException when the cable failed
   */
  public boolean waiting() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    Optional<PseudoTerminal> end = port;
    return carrying || device.waiting() || (end.isPresent() && end.get().waiting());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    pull();
    try {
      carrier.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry() {
    try {
      while (!closed) {
        byte[] bytes = device.read();
        carrying = bytes.length > 0;
        if (carrying) {
          pass(noise.apply(bytes));
        }
        carrying = false;
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /** A reader that does not keep up holds the device up; a cable that is pulled meanwhile loses. */
  private void pass(byte[] bytes) throws IOException {
    Optional<PseudoTerminal> end = port;
    if (end.isPresent()) {
      end.get().write(bytes, FOR_EVER);
    }
  }
}
