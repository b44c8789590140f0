package fr.vigie.example.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One direction of a connection: a thread that takes in, a queue of what is under way, and a thread
 * that hands out when the time has come. A full queue holds the sender up, as a real network does.
 */
final class Lane {
  private static final int CHUNK = 1_024;
  private static final int UNDER_WAY = 256;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Socket from;
  private final Socket to;
  private final Supplier<Torment> torment;
  private final SplittableRandom random;
  private final Runnable end;
  private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(UNDER_WAY);
  private long passed;

  /** Bytes and when they came; none at the end. */
  private record Piece(byte[] bytes, long nanos) {}

  Lane(Socket from, Socket to, Supplier<Torment> torment, long seed, Runnable end) {
    this.from = from;
    this.to = to;
    this.torment = torment;
    this.random = new SplittableRandom(seed);
    this.end = end;
  }

  void begin() {
    Threads.start("proxy in", () -> untilItBreaks(this::takeIn));
    Threads.start("proxy out", () -> untilItBreaks(this::handOut));
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void untilItBreaks(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      end.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end.run();
    }
  }

  private void takeIn() throws IOException, InterruptedException {
    byte[] buffer = new byte[CHUNK];
    int count = 0;
    while (count >= 0) {
      count = from.getInputStream().read(buffer);
      put(new Piece(Arrays.copyOf(buffer, Math.max(0, count)), System.nanoTime()));
    }
  }

  private void put(Piece piece) throws IOException, InterruptedException {
    while (!underWay.offer(piece, LOOK_NANOS, TimeUnit.NANOSECONDS)) {
      mustBeOpen();
    }
  }

  private void handOut() throws IOException, InterruptedException {
    while (true) {
      Piece piece = underWay.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
      if (piece == null) {
        mustBeOpen();
        continue;
      }
      awaitTurn(piece);
      if (piece.bytes().length == 0) {
        to.shutdownOutput();
        if (from.isOutputShutdown()) {
          end.run();
        }
        return;
      }
      pass(piece.bytes());
    }
  }

  private void awaitTurn(Piece piece) throws IOException {
    Torment now = torment.get();
    while (now.blackHole() || System.nanoTime() - piece.nanos() < now.delay().toNanos()) {
      LockSupport.parkNanos(LOOK_NANOS);
      mustBeOpen();
      now = torment.get();
    }
  }

  private void pass(byte[] bytes) throws IOException {
    Torment now = torment.get();
    long left = now.cutAfter() - passed;
    byte[] some = left < bytes.length ? Arrays.copyOf(bytes, (int) Math.max(0, left)) : bytes;
    to.getOutputStream().write(garbled(some, now.garbled()));
    passed += some.length;
    if (some.length < bytes.length) {
      end.run();
      throw new IOException("cut");
    }
    long start = System.nanoTime();
    double wait = bytes.length * 1e9 / now.bytesPerSecond();
    while (System.nanoTime() - start < wait) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private byte[] garbled(byte[] bytes, double share) {
    for (int i = 0; share > 0 && i < bytes.length; i++) {
      if (random.nextDouble() < share) {
        bytes[i] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private void mustBeOpen() throws IOException {
    if (to.isClosed() || from.isClosed()) {
      throw new IOException("closed");
    }
  }
}
