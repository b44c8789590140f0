package fr.vigie.wire;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one batch from JSON, its fields in any order. */
final class JsonBatchReader {
  private final JsonReader in;
  private @Nullable Long epoch;
  private @Nullable Long sequence;
  private @Nullable Long floor;
  private @Nullable Integer birth;
  private @Nullable Instant base;
  private @Nullable List<JsonGroup> groups;
  private List<Loss> losses = new ArrayList<>();

  private JsonBatchReader(JsonReader in) {
    this.in = in;
  }

  static Batch decode(byte[] bytes) throws WireException {
    return Json.read("batch", bytes, in -> new JsonBatchReader(in).batch());
  }

  private Batch batch() throws WireException {
    in.versioned(this::field);
    List<JsonGroup> found = in.required("groups", groups);
    TimeBase times = new TimeBase(nanos(in.required("base", base)));
    List<Batch.Part> parts = new ArrayList<>();
    Set<Integer> places = new HashSet<>();
    JsonGroup.Budget budget = new JsonGroup.Budget(BatchCodec.MOST_SAMPLES);
    for (JsonGroup group : found) {
      for (Batch.Part part : group.parts(times, budget)) {
        if (!places.add(part.signal())) {
          throw new WireException("batch: signal " + part.signal() + " stands twice");
        }
        parts.add(part);
      }
    }
    parts.sort(Comparator.comparingInt(Batch.Part::signal));
    return new Batch(
        in.required("epoch", epoch),
        in.required("sequence", sequence),
        in.required("floor", floor),
        in.required("birth", birth),
        parts,
        losses);
  }

  private void field(String name) throws WireException {
    switch (name) {
      case "epoch" -> epoch = in.wholeText(name);
      case "sequence" -> sequence = in.whole(name);
      case "floor" -> floor = in.whole(name);
      case "birth" -> birth = in.hex(name);
      case "base" -> base = in.instant(name);
      case "groups" -> groups = groups();
      case "losses" -> losses = losses();
      default -> in.skip();
    }
  }

  private List<JsonGroup> groups() throws WireException {
    List<JsonGroup> list = new ArrayList<>();
    JsonGroup.Budget budget = new JsonGroup.Budget(BatchCodec.MOST_SAMPLES);
    in.array("groups", () -> list.add(JsonGroup.read(in, budget)));
    return list;
  }

  private List<Loss> losses() throws WireException {
    List<Loss> list = new ArrayList<>();
    in.array(
        "losses",
        () -> {
          if (list.size() == BatchCodec.MOST_LOSSES) {
            throw new WireException("batch: found more than " + BatchCodec.MOST_LOSSES + " losses");
          }
          list.add(loss());
        });
    return list;
  }

  private Loss loss() throws WireException {
    @Nullable String[] source = new @Nullable String[1];
    @Nullable Instant[] when = new @Nullable Instant[2];
    @Nullable Long[] count = new @Nullable Long[1];
    Loss.@Nullable Reason[] reason = new Loss.@Nullable Reason[1];
    in.object(
        "loss",
        name -> {
          switch (name) {
            case "source" -> source[0] = in.text(name);
            case "from" -> when[0] = in.instant(name);
            case "to" -> when[1] = in.instant(name);
            case "count" -> count[0] = in.whole(name);
            case "reason" -> reason[0] = in.word(name, Loss.Reason.class, Enum::name);
            default -> in.skip();
          }
        });
    return new Loss(
        in.required("source", source[0]),
        new Span(in.required("from", when[0]), in.required("to", when[1])),
        in.required("count", count[0]),
        in.required("reason", reason[0]));
  }

  private static long nanos(Instant base) throws WireException {
    try {
      return Nanos.of(base);
    } catch (ArithmeticException e) {
      throw new WireException("batch: base: found " + base + ", wanted a year from 1678 to 2261");
    }
  }

  /** The place of a signal from the text of a key. */
  static int place(String key) throws WireException {
    if (key.length() <= 5 && key.matches("0|[1-9][0-9]*")) {
      int place = Integer.parseInt(key);
      if (place < BatchCodec.MOST_SIGNALS) {
        return place;
      }
    }
    throw new WireException(
        "batch: found "
            + JsonReader.quoted(key)
            + ", wanted a signal's place in the birth, 0 to "
            + (BatchCodec.MOST_SIGNALS - 1));
  }
}
