package fr.vigie.reason;

import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody did to the reasons of a machine. Acts speak of stretches of time and never of
 * stops, so that they mean the same when late samples move the border of a stop.
 */
public sealed interface Act {
  /** A reason that was given while the machine stood ends at most so long after it was said. */
  Duration LONGEST_OPEN = Duration.ofHours(24);

  /** All of the time that it may touch when said at {@code at}. */
  Span touches(Instant at);

  /** {@code give}, {@code split}, {@code merge}, {@code correct} or {@code withdraw}. */
  String word();

  /** The reason that it names, if it names one. */
  default Optional<String> reason() {
    return Optional.empty();
  }

  /** Lays one reason on a stretch, over whatever was said about it before. */
  record Give(Span span, String code) implements Act {
    @Override
    public String word() {
      return "give";
    }

    @Override
    public Span touches(Instant at) {
      return span;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(code);
    }
  }

  /**
   * Lays one reason on the time from an instant until the machine runs again, as seen from when it
   * was said, and at most {@link #LONGEST_OPEN} from then.
   */
  record GiveUntilRunning(Instant from, String code) implements Act {
    @Override
    public String word() {
      return "give";
    }

    @Override
    public Span touches(Instant at) {
      Instant end = at.plus(LONGEST_OPEN);
      return new Span(from, end.isBefore(from) ? from : end);
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(code);
    }
  }

  /** Cuts what lies at an instant into two parts, which keep their reason until corrected. */
  record Split(Instant at) implements Act {
    @Override
    public String word() {
      return "split";
    }

    @Override
    public Span touches(Instant said) {
      return new Span(at, at);
    }
  }

  /**
   * Makes one part of all parts within a stretch.
   *
   * @param code the reason of that part; empty when none of the parts has one
   */
  record Merge(Span span, Optional<String> code) implements Act {
    @Override
    public String word() {
      return "merge";
    }

    @Override
    public Span touches(Instant at) {
      return span;
    }

    @Override
    public Optional<String> reason() {
      return code;
    }
  }

  /** Replaces the reasons within a stretch by another one; the parts stay as they are cut. */
  record Correct(Span span, String code) implements Act {
    @Override
    public String word() {
      return "correct";
    }

    @Override
    public Span touches(Instant at) {
      return span;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(code);
    }
  }

  /** Takes back what was said by hand about a stretch, its cuts too; what rules find remains. */
  record Withdraw(Span span) implements Act {
    @Override
    public String word() {
      return "withdraw";
    }

    @Override
    public Span touches(Instant at) {
      return span;
    }
  }
}
