package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Watches a signal until its levels can be told apart. What was seen is noted 24 times in the time
 * to learn, so a restart costs little of it; only time in which samples came counts. When the
 * levels cannot be told apart it goes on, and tries again as often.
 */
final class Learning {
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);
  private static final int NOTES = 24;

  private final Signal signal;
  private final States rule;
  private final Notebook notebook;
  private final long every;
  private Loads loads = new Loads();
  private Instant from = Instant.EPOCH;
  private Optional<Sample> last = Optional.empty();
  private List<Double> thresholds = List.of();
  private long seen;
  private long due;

  Learning(Signal signal, States rule, Notebook notebook) {
    this.signal = signal;
    this.rule = rule;
    this.notebook = notebook;
    this.every = Math.max(1, rule.span().toNanos() / NOTES);
    notebook.find(signal).ifPresent(this::takeUp);
    this.due = seen + every;
  }

  private void takeUp(Lesson lesson) {
    loads = lesson.loads().copy();
    from = lesson.from();
    seen = loads.total();
    if (lesson.thresholds().size() == rule.names().size() - 1) {
      thresholds = lesson.thresholds();
    } else if (seen >= rule.span().toNanos()) {
      note(lesson.until());
    }
  }

  /** Where one level ends and the next begins; empty until that is known. */
  List<Double> thresholds() {
    return thresholds;
  }

  void watch(Sample sample) {
    if (seen == 0 && last.isEmpty() || !Stage.follows(sample.time(), from)) {
      from = sample.time();
    }
    if (last.isPresent()
        && last.get().value() instanceof Value.Number number
        && Stage.follows(sample.time(), last.get().time())) {
      Duration held = Duration.between(last.get().time(), sample.time());
      long nanos = held.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD.toNanos() : held.toNanos();
      loads.add(number.number(), nanos);
      seen += nanos;
    }
    last = Optional.of(sample);
    if (seen >= due) {
      due = seen + every;
      note(sample.time());
    }
  }

  private void note(Instant until) {
    Lesson lesson =
        seen >= rule.span().toNanos()
            ? Lesson.concluded(loads.copy(), from, until, rule.names(), signal.unit())
            : Lesson.unfinished(loads.copy(), from, until, rule.names());
    thresholds = lesson.thresholds();
    notebook.keep(signal, lesson);
  }

  /** The next sample does not go on from the last. */
  void pause() {
    last = Optional.empty();
  }
}
