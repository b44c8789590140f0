package fr.vigie.agent.driver.meter;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.SharedPort;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.telegram.MbusException;
import fr.vigie.agent.telegram.MbusFrame;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Requests to one meter of a shared M-Bus and its answers, in steps of 200 ms. The line must have
 * been silent before each request, so that a late answer is never taken for the next one. For one
 * thread.
 */
final class MbusExchange implements Closeable {
  private static final long LONGEST_DELAY = Duration.ofMillis(600).toNanos();
  private static final long LONGEST_NOISE = Duration.ofSeconds(5).toNanos();
  private static final int TRIES = 2;
  private static final int LONGEST_FRAME = 261;
  private static final int LONGEST_REQUEST = 5;

  private enum Phase {
    IDLE,
    QUEUED,
    HUSH,
    ANSWER
  }

  private final Buses.Lease<SharedPort> lease;
  private final DriverContext context;
  private final int address;
  private final byte[] bytes = new byte[512];
  private final byte[] answer = new byte[LONGEST_FRAME + LONGEST_REQUEST];
  private byte[] request = {};
  private int length;
  private Phase phase = Phase.IDLE;
  private boolean bit = true;
  private int tries;
  private long since;

  MbusExchange(Buses.Lease<SharedPort> lease, DriverContext context, int address) {
    this.lease = lease;
    this.context = context;
    this.address = address;
  }

  /** Resets the link with the meter, which thereby says whether it is there. Takes some seconds. */
  boolean greet() throws IOException {
    boolean ours = false;
    while (!ours) {
      ours = lease.bus().turn(this);
    }
    boolean there = false;
    for (int i = 0; i < TRIES && !there; i++) {
      turnTo(Phase.HUSH);
      boolean quiet = false;
      while (!quiet && !isOver(LONGEST_NOISE)) {
        quiet = read() == 0;
      }
      send(MbusFrame.reset(address));
      boolean more = true;
      while (more && isEcho()) {
        more = listen();
      }
      there = length == 1 && answer[0] == MbusFrame.ACKNOWLEDGED;
    }
    leave();
    return there;
  }

  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  /** Queues for the line; after an answer, asks for the meter's next one. */
  void ask() {
    tries = 0;
    turnTo(phase == Phase.IDLE ? Phase.QUEUED : Phase.HUSH);
  }

  /** Gives the line to the next. */
  void leave() {
    lease.bus().leave(this);
    phase = Phase.IDLE;
  }

  /**
   * Goes on with what was asked.
   *
   * @return what the meter answered; then {@link #ask} or {@link #leave} is up
   * @throws MbusException when it did not answer rightly, twice; the line is left
   */
  Optional<byte[]> step() throws IOException, MbusException {
    switch (phase) {
      case QUEUED -> {
        if (lease.bus().turn(this)) {
          turnTo(Phase.HUSH);
        }
      }
      case HUSH -> {
        if (read() == 0) {
          send(MbusFrame.request(address, bit));
          turnTo(Phase.ANSWER);
        } else if (isOver(LONGEST_NOISE)) {
          leave();
          throw new MbusException("the line is never quiet: is something else talking on it?");
        }
      }
      case ANSWER -> {
        return hear();
      }
      case IDLE -> {}
    }
    return Optional.empty();
  }

  private Optional<byte[]> hear() throws IOException, MbusException {
    boolean more = listen();
    try {
      OptionalInt whole = MbusFrame.length(answer, isEcho() ? 0 : length);
      if (whole.isPresent() && length >= whole.getAsInt()) {
        byte[] content = MbusFrame.content(Arrays.copyOf(answer, length), address);
        bit = !bit;
        return Optional.of(content);
      }
      if (!more) {
        throw new MbusException(length == 0 ? "no answer" : "half an answer");
      }
    } catch (MbusException e) {
      tries++;
      if (tries == TRIES) {
        leave();
        throw e;
      }
      turnTo(Phase.HUSH);
    }
    return Optional.empty();
  }

  /**
   * Gathers what comes; an echo of the request, which some converters give, does not count.
   *
   * @return whether more may come
   */
  private boolean listen() throws IOException {
    int count = read();
    int taken = Math.min(count, answer.length - length);
    System.arraycopy(bytes, 0, answer, length, taken);
    length += taken;
    if (length >= request.length && Arrays.mismatch(request, answer) == request.length) {
      length -= request.length;
      System.arraycopy(answer, request.length, answer, 0, length);
    }
    return count > 0 || (length == 0 && !isOver(LONGEST_DELAY));
  }

  /** Whether what has come may be the beginning of our own request. */
  private boolean isEcho() {
    return length < request.length && Arrays.equals(request, 0, length, answer, 0, length);
  }

  private void turnTo(Phase next) {
    phase = next;
    since = context.monotonic().getAsLong();
  }

  private boolean isOver(long nanos) {
    return context.monotonic().getAsLong() - since > nanos;
  }

  private int read() throws IOException {
    try {
      return lease.bus().port().read(bytes);
    } catch (IOException e) {
      lease.lost();
      throw e;
    }
  }

  private void send(byte[] frame) throws IOException {
    request = frame;
    length = 0;
    since = context.monotonic().getAsLong();
    try {
      lease.bus().port().write(frame);
    } catch (IOException e) {
      lease.lost();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    leave();
    lease.close();
  }
}
