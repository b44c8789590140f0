package fr.vigie.server.store;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch.Part;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.signal.Sample;
import fr.vigie.wire.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Test data in the words of the shop floor: an agent's batches, numbered as it would. */
public final class Batches {
  public static final Instant MONDAY = Instant.parse("2026-11-23T06:00:00Z");
  public static final Source AGENT = new Source("lyon", "press-board");
  public static final Series SPEED = new Series("lyon", "press", "speed");
  public static final Series STATE = new Series("lyon", "press", "state");

  private final Source source;
  private final long epoch;
  private final List<Part> parts = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private long sequence = 1;
  private long floor;

  private Batches(Source source, long epoch) {
    this.source = source;
    this.epoch = epoch;
  }

  public static Batches of(Source source, long epoch) {
    return new Batches(source, epoch);
  }

  /** An agent of the site whose epoch is 7. */
  public static Batches batch() {
    return of(AGENT, 7);
  }

  public Batches sequence(long number) {
    sequence = number;
    return this;
  }

  public Batches floor(long number) {
    floor = number;
    return this;
  }

  public Batches with(Series series, Column column) {
    parts.add(new Part(series, column));
    return this;
  }

  public Batches numbers(Series series, Sample... samples) {
    return with(series, Column.of(false, List.of(samples)));
  }

  public Batches texts(Series series, Sample... samples) {
    return with(series, Column.of(true, List.of(samples)));
  }

  public Batches loss(Loss loss) {
    losses.add(loss);
    return this;
  }

  public IncomingBatch build() {
    return new IncomingBatch(source, epoch, sequence, floor, parts, losses);
  }

  /** Seconds after Monday's start of work. */
  public static Instant at(double seconds) {
    return MONDAY.plus(Duration.ofNanos((long) (seconds * 1e9)));
  }

  public static Sample number(double seconds, double number) {
    return Sample.good(at(seconds), number);
  }

  public static Sample text(double seconds, String text) {
    return Sample.good(at(seconds), text);
  }

  public static Sample missing(double seconds) {
    return Sample.missing(at(seconds));
  }
}
