package fr.vigie.agent.bus;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The buses of one agent that several sensors share: each is opened by the first that joins, and
 * closed when the last one leaves. Safe for use by several threads.
 */
public final class Buses {
  private final Map<String, Shared<?>> open = new HashMap<>();

  /** Opens a bus. */
  public interface Opener<B extends Closeable> {
    /**
     * @throws IOException when it cannot be opened; the message says what to do
     */
    B open() throws IOException;
  }

  /** One user's part in a bus. Closing it a second time does nothing. */
  public interface Lease<B> extends Closeable {
    B bus();

    /**
     * The bus is lost, as when its port was unplugged: whoever joins next opens it anew. Others
     * that hold it keep the lost one until they leave.
     */
    void lost();
  }

  /**
   * Joins a bus, and opens it if nobody has it open. While it is being opened, others wait.
   *
   * @param device the same for everyone who means the same bus
   * @throws IOException when it cannot be opened
   */
  public synchronized <B extends Closeable> Lease<B> join(String device, Opener<B> opener)
      throws IOException {
    @SuppressWarnings("unchecked") // a device is always opened by the same sort of driver
    Shared<B> shared = (Shared<B>) open.get(device);
    if (shared == null) {
      shared = new Shared<>(device, opener.open());
      open.put(device, shared);
    }
    shared.users++;
    return new Part<>(shared);
  }

  private static final class Shared<B extends Closeable> {
    final String device;
    final B bus;
    int users;

    Shared(String device, B bus) {
      this.device = device;
      this.bus = bus;
    }
  }

  private final class Part<B extends Closeable> implements Lease<B> {
    private final Shared<B> shared;
    private boolean left;

    Part(Shared<B> shared) {
      this.shared = shared;
    }

    @Override
    public B bus() {
      return shared.bus;
    }

    @Override
    public void lost() {
      synchronized (Buses.this) {
        open.remove(shared.device, shared);
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (Buses.this) {
        if (left) {
          return;
        }
        left = true;
        shared.users--;
        if (shared.users == 0) {
          open.remove(shared.device, shared);
          shared.bus.close();
        }
      }
    }
  }
}
