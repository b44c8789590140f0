package fr.vigie.agent.bus;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Input lines of one GPIO chip, through the kernel's character device: no other program can use
 * them meanwhile.
 *
 * <p>The kernel notes the time of each edge as it interrupts, keeps up to {@value #QUEUE} edges
 * that nobody has read yet, and counts each edge of a line. When the queue overflows it drops the
 * oldest; the count of the next one that is read tells how many. What the kernel itself never saw,
 * because two edges came faster than its interrupt is served, nobody can know.
 *
 * @param chip its path, name or label, such as {@code pinctrl-bcm2711}; empty for the one that has
 *     the first line by its name
 * @param lines names such as {@code GPIO4}, or numbers on the chip
 * @param activeLow a line is active when its voltage is low
 * @param edges of which the port tells
 * @param user who uses them, for whoever finds them busy
 */
public record GpioLines(
    String chip, List<String> lines, Bias bias, boolean activeLow, Edges edges, String user) {
  static final int QUEUE = 1024;

  public GpioLines {
    lines = List.copyOf(lines);
  }

  /** The resistor within the chip. */
  public enum Bias {
    /** As the system has set it. */
    AS_IS,
    PULL_UP,
    PULL_DOWN,
    NONE
  }

  /** Edges: towards active, away from it, both. */
  public enum Edges {
    RISING,
    FALLING,
    BOTH
  }

  /**
   * @throws IOException when a line is not there or cannot be had; the message says what to do
   */
  public EdgePort open() throws IOException {
    try (GpioChip found = GpioChip.having(lines.get(0), chip);
        Memory request = GpioChip.cleared(GpioCalls.Request.SIZE)) {
      int[] numbers = new int[lines.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = found.number(lines.get(i));
        request.setInt(GpioCalls.Request.OFFSETS + 4L * i, numbers[i]);
      }
      byte[] name = name();
      request.write(GpioCalls.Request.USER, name, 0, name.length);
      request.setLong(GpioCalls.Request.FLAGS, flags());
      request.setInt(GpioCalls.Request.LINES, numbers.length);
      request.setInt(GpioCalls.Request.EVENTS, QUEUE);
      ask(found, request, numbers);
      return new Port(request.getInt(GpioCalls.Request.FD), found.toString(), numbers);
    }
  }

  private void ask(GpioChip found, Memory request, int[] numbers) throws IOException {
    try {
      GpioCalls.ioctl(found.fd, GpioCalls.GET_LINES, request);
    } catch (LastErrorException e) {
      List<String> busy = new ArrayList<>();
      for (int i = 0; i < numbers.length && e.getErrorCode() == GpioCalls.EBUSY; i++) {
        String other = found.user(numbers[i]);
        if (!other.isEmpty()) {
          busy.add("line " + lines.get(i) + " is used by '" + other + "'");
        }
      }
      throw new IOException(
          busy.isEmpty()
              ? "lines " + lines + " of " + found + " cannot be had: " + e.getMessage()
              : String.join(", ", busy) + " on " + found + ": stop that, or take another line",
          e);
    }
  }

  private byte[] name() {
    byte[] name = user.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(name, Math.min(name.length, GpioCalls.Request.MOST_USER_BYTES));
  }

  private long flags() {
    long pull =
        switch (bias) {
          case AS_IS -> 0;
          case PULL_UP -> GpioCalls.PULL_UP;
          case PULL_DOWN -> GpioCalls.PULL_DOWN;
          case NONE -> GpioCalls.NO_PULL;
        };
    long which =
        switch (edges) {
          case RISING -> GpioCalls.RISING;
          case FALLING -> GpioCalls.FALLING;
          case BOTH -> GpioCalls.RISING | GpioCalls.FALLING;
        };
    return GpioCalls.INPUT | pull | which | (activeLow ? GpioCalls.ACTIVE_LOW : 0);
  }

  private static final class Port implements EdgePort {
    private static final int AT_ONCE = 128;
    private static final long LONGEST_WAIT = 200;

    private final int fd;
    private final String chip;
    private final int[] numbers;
    private final int[] sequences;
    private final Memory poll = GpioChip.cleared(8);
    private final Memory events = new Memory((long) AT_ONCE * GpioCalls.Event.SIZE);
    private final NativeLong room = new NativeLong(events.size());
    private final NativeLong one = new NativeLong(1);

    Port(int fd, String chip, int[] numbers) {
      this.fd = fd;
      this.chip = chip;
      this.numbers = numbers;
      this.sequences = new int[numbers.length];
      poll.setInt(0, fd);
      poll.setShort(4, GpioCalls.POLLIN);
    }

    /** Reads what the queue can hold at most, so that a line that never rests ends a read too. */
    @Override
    public boolean read(long nanos, Taker taker) throws IOException {
      int wait = (int) Math.min(LONGEST_WAIT, Math.ceil(nanos / 1e6));
      try {
        for (int taken = 0; taken < QUEUE; wait = 0) {
          if (GpioCalls.poll(poll, one, wait) == 0) {
            return true;
          }
          if (poll.getShort(6) != GpioCalls.POLLIN) {
            throw new IOException("the GPIO lines of " + chip + " are gone");
          }
          int count = GpioCalls.read(fd, events, room).intValue() / GpioCalls.Event.SIZE;
          for (int i = 0; i < count; i++) {
            take((long) i * GpioCalls.Event.SIZE, taker);
          }
          taken += count;
        }
        return false;
      } catch (LastErrorException e) {
        if (e.getErrorCode() == GpioCalls.EINTR) {
          return false;
        }
        throw new IOException("the GPIO lines of " + chip + " are gone: " + e.getMessage(), e);
      }
    }

    private void take(long event, Taker taker) {
      int number = events.getInt(event + GpioCalls.Event.OFFSET);
      int line = 0;
      while (numbers[line] != number) {
        line++;
      }
      int sequence = events.getInt(event + GpioCalls.Event.LINE_SEQUENCE);
      long missed = Integer.toUnsignedLong(sequence - sequences[line] - 1);
      sequences[line] = sequence;
      taker.take(
          line,
          events.getInt(event + GpioCalls.Event.KIND) == GpioCalls.Event.IS_RISING,
          events.getLong(event + GpioCalls.Event.NANOS),
          missed);
    }

    @Override
    public boolean isActive(int line) throws IOException {
      try (Memory values = new Memory(16)) {
        values.setLong(0, 0);
        values.setLong(8, 1L << line);
        GpioCalls.ioctl(fd, GpioCalls.GET_VALUES, values);
        return (values.getLong(0) >>> line & 1) != 0;
      } catch (LastErrorException e) {
        throw new IOException("the GPIO lines of " + chip + " are gone: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        GpioCalls.close(fd);
      } catch (LastErrorException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
