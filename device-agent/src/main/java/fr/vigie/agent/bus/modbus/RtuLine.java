package fr.vigie.agent.bus.modbus;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Modbus RTU on a serial line.
 *
 * <p>RTU numbers no questions, so an answer is known by its unit, function and length alone, and
 * one that comes too late looks like the answer to the next. Therefore the line is emptied and left
 * silent before each question, and a unit that did not answer in time is asked nothing for as long
 * again, while others may be. An answer is believed when unit, function, length and checksum agree,
 * wherever in what came it begins: the echo of some adapters, bits from the turning of the line,
 * and what another unit says too late stand beside it and are passed over.
 *
 * <p>The end of an answer is known by its length. The pause that marks it by the book cannot be
 * seen through an adapter that hands over bytes every 16 ms.
 */
public final class RtuLine implements Modbus {
  private static final int CHECKSUM = 2;
  private static final int QUESTION = 1 + Read.LENGTH + CHECKSUM;
  private static final long LEAST_SILENCE = 1_750_000;
  private static final int SILENCE_BY_THE_BOOK = 19_200;
  private static final long LONGEST_NOISE = Duration.ofMillis(250).toNanos();

  private final BytePort port;
  private final LongSupplier monotonic;
  private final LongConsumer waiting;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLongArray quietUntil = new AtomicLongArray(256);
  private final byte[] piece = new byte[256];
  private final byte[] heard = new byte[1024];
  private final long character;
  private final long silence;
  private long spokenAt;
  private boolean unanswered;
  private volatile Use use = new Use(0, 0);

  /**
   * @param port open, with the same speed and framing
   * @param monotonic nanoseconds that never go back
   * @param waiting waits for as many nanoseconds
   */
  public RtuLine(
      BytePort port, int baud, Framing framing, LongSupplier monotonic, LongConsumer waiting) {
    this.port = port;
    this.monotonic = monotonic;
    this.waiting = waiting;
    this.character = framing.bits() * 1_000_000_000L / baud;
    this.silence =
        baud > SILENCE_BY_THE_BOOK ? LEAST_SILENCE : Math.max(LEAST_SILENCE, character * 7 / 2);
    this.spokenAt = monotonic.getAsLong();
    for (int unit = 0; unit < quietUntil.length(); unit++) {
      quietUntil.set(unit, spokenAt);
    }
  }

  @Override
  public Answer read(int unit, Read read, Duration timeout) throws IOException {
    long quiet = quietUntil.get(unit) - monotonic.getAsLong();
    if (quiet > 0) {
      waiting.accept(quiet);
    }
    turn.lock();
    try {
      if (!settle()) {
        return new Answer.Damaged(
            "the line is never silent: are speed and framing right, and is there one master only?");
      }
      long start = monotonic.getAsLong();
      Answer answer = ask(unit, read, timeout);
      use = new Use(use.busyNanos() + monotonic.getAsLong() - start, use.late());
      unanswered = answer instanceof Answer.Silence;
      if (unanswered) {
        quietUntil.set(unit, monotonic.getAsLong() + timeout.toNanos());
      }
      return answer;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Use use() {
    return use;
  }

  /** Empties the line and waits until it has been silent; false if it never is. */
  private boolean settle() throws IOException {
    long start = monotonic.getAsLong();
    while (true) {
      if (port.waiting() > 0) {
        port.read(piece);
        spokenAt = monotonic.getAsLong();
        if (unanswered) {
          use = new Use(use.busyNanos(), use.late() + 1);
          unanswered = false;
        }
      }
      long now = monotonic.getAsLong();
      if (now - start > LONGEST_NOISE) {
        return false;
      }
      if (now - spokenAt >= silence) {
        return true;
      }
      waiting.accept(spokenAt + silence - now);
    }
  }

  private Answer ask(int unit, Read read, Duration timeout) throws IOException {
    byte[] question = new byte[QUESTION];
    question[0] = (byte) unit;
    read.put(question, 1);
    Crc16.put(question, QUESTION - CHECKSUM);
    long asked = monotonic.getAsLong();
    port.write(question);
    long onTheWire = character * (QUESTION + 1 + read.longestAnswer() + CHECKSUM);
    long until = asked + onTheWire + timeout.toNanos();
    int length = 0;
    while (true) {
      int count = Math.min(port.read(piece), heard.length - length);
      spokenAt = monotonic.getAsLong();
      System.arraycopy(piece, 0, heard, length, count);
      length += count;
      int from = isEcho(question, length) ? QUESTION : 0;
      for (int at = from; at + 3 <= length; at++) {
        int answer = heard[at] == question[0] ? read.answerLength(heard[at + 1], heard[at + 2]) : 0;
        int end = at + 1 + answer;
        if (answer > 0 && end + CHECKSUM <= length && Crc16.holds(heard, at, end)) {
          return read.answer(heard, at + 1, answer, asked);
        }
      }
      boolean spoke = length > from;
      if (spokenAt - until >= 0 || (spoke && count == 0)) {
        return spoke ? new Answer.Damaged(why(from, length)) : new Answer.Silence();
      }
    }
  }

  private boolean isEcho(byte[] question, int length) {
    return length >= QUESTION && Arrays.equals(question, 0, QUESTION, heard, 0, QUESTION);
  }

  private String why(int from, int length) {
    int shown = Math.min(length, from + 16);
    StringBuilder text = new StringBuilder("no answer in").append(' ');
    for (int i = from; i < shown; i++) {
      text.append(String.format("%02X ", heard[i]));
    }
    return text.append(shown < length ? "…" : "").toString().strip();
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
