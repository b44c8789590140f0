package fr.vigie.frame;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Bytes to frames, however they come in pieces. Memory is bounded; what is damaged is dropped up to
 * the next zero, and counted. Not safe for use by several threads.
 */
public final class FrameDecoder {
  private static final int MOST_STUFFED = Frame.MOST_BYTES + Frame.MOST_BYTES / 254 + 1;

  private final byte[] stuffed = new byte[MOST_STUFFED];
  private int length;
  private boolean tooLong;
  private long damaged;

  /** Takes the next bytes of the line and hands over each frame that they complete. */
  public void feed(byte[] bytes, int count, Consumer<Frame> frames) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == 0) {
        end(frames);
      } else if (tooLong || length == stuffed.length) {
        tooLong = true;
      } else {
        stuffed[length++] = bytes[i];
      }
    }
  }

  private void end(Consumer<Frame> frames) {
    if (tooLong) {
      damaged++;
    } else if (length > 0) {
      int unstuffed = Cobs.unstuff(stuffed, length);
      Optional<Frame> frame =
          unstuffed < 0 || unstuffed > Frame.MOST_BYTES
              ? Optional.empty()
              : new FrameReader(stuffed, unstuffed).frame();
      if (frame.isPresent()) {
        frames.accept(frame.get());
      } else {
        damaged++;
      }
    }
    length = 0;
    tooLong = false;
  }

  /** How many stretches between zeros were no frame. */
  public long damaged() {
    return damaged;
  }
}
