package fr.vigie.reason;

import static fr.vigie.reason.Desk.at;
import static fr.vigie.reason.Desk.span;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random journals against a day that is painted minute by minute. */
class RandomReasonsTest {
  private static final int MINUTES = 600;
  private static final List<String> CODES =
      DefaultReasons.tree().leaves().stream().map(ReasonTree.Leaf::code).toList();

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** What is said of each minute, and where one part ends and the next begins. */
  private static final class Painted {
    private final String[] codes = new String[MINUTES];
    private final long[] lines = new long[MINUTES];
    private final TreeSet<Integer> cuts = new TreeSet<>();

    Painted() {
      Arrays.fill(codes, "?");
    }

    void lay(int from, int to, String code, long line) {
      cuts.subSet(from, false, Math.max(from, to), false).clear();
      for (int minute = from; minute < to; minute++) {
        codes[minute] = code;
        lines[minute] = line;
      }
    }

    boolean isBorder(int minute) {
      return cuts.contains(minute)
          || !codes[minute - 1].equals(codes[minute])
          || lines[minute - 1] != lines[minute];
    }

    void correct(int from, int to, String code, long line) {
      List<Integer> borders =
          IntStream.range(from + 1, Math.max(from + 1, to)).filter(this::isBorder).boxed().toList();
      lay(from, to, code, line);
      cuts.addAll(borders);
    }

    String told(int from, int to) {
      List<String> words = new ArrayList<>();
      int start = from;
      for (int minute = from + 1; minute <= to; minute++) {
        if (minute == to || isBorder(minute)) {
          words.add(start + "-" + minute + " " + codes[start]);
          start = minute;
        }
      }
      return String.join(", ", words);
    }
  }

  private static Painted day(Random random, Desk desk) {
    Painted painted = new Painted();
    int acts = random.nextInt(40);
    for (int i = 0; i < acts; i++) {
      int from = random.nextInt(MINUTES);
      int to = from + random.nextInt(Math.min(120, MINUTES - from) + 1);
      String code = CODES.get(random.nextInt(CODES.size()));
      long line = i + 1;
      switch (random.nextInt(6)) {
        case 0 -> {
          desk.split(from);
          painted.cuts.add(from);
        }
        case 1 -> {
          desk.withdraw(from, to);
          painted.lay(from, to, "?", 0);
        }
        case 2 -> {
          desk.correct(from, to, code);
          painted.correct(from, to, code, line);
        }
        case 3 -> {
          desk.merge(from, to);
          painted.cuts.subSet(from, false, to, false).clear();
        }
        case 4 -> {
          desk.merge(from, to, code);
          painted.lay(from, to, code, line);
        }
        default -> {
          desk.give(from, to, code);
          painted.lay(from, to, code, line);
        }
      }
    }
    return painted;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyStopHasThePartsThatWerePainted(long seed) {
    Random random = new Random(seed);
    Desk desk = new Desk();
    Painted painted = day(random, desk);

    for (int i = 0; i < 10; i++) {
      int from = random.nextInt(MINUTES - 1);
      int to = from + 1 + random.nextInt(MINUTES - from - 1);
      ReasonedStop stop = reasons(desk.journal(), List.of(span(from, to))).stops().get(0);

      assertThat(Desk.told(stop)).isEqualTo(painted.told(from, to));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyInstantHasAtMostOneReason(long seed) {
    Random random = new Random(seed);
    Desk desk = new Desk();
    day(random, desk);

    List<Reasoned> reasoned = reasons(desk.journal(), stops(random)).reasoned();

    for (int i = 1; i < reasoned.size(); i++) {
      assertThat(reasoned.get(i).span().start()).isAfterOrEqualTo(reasoned.get(i - 1).span().end());
    }
    assertThat(reasoned).noneMatch(each -> each.span().isEmpty());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void historyReplaysToTheSameStateInWhateverOrderItIsRead(long seed) {
    Random random = new Random(seed);
    Desk desk = new Desk();
    day(random, desk);
    List<Span> stops = stops(random);
    List<Entry> shuffled = new ArrayList<>(desk.entries());
    Collections.shuffle(shuffled, random);

    ReasonJournal replayed = ReasonJournal.of(shuffled);

    assertThat(reasons(replayed, stops).stops()).isEqualTo(reasons(desk.journal(), stops).stops());
    assertThat(replayed.entries()).isEqualTo(desk.entries());
    assertThat(replayed.asOf(at(10_000)).given(span(0, MINUTES)))
        .isEqualTo(desk.journal().given(span(0, MINUTES)));
  }

  /** The stops of late samples may come before or after the words about them. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsOfAStopAreThoseOfTheStopsThatItIsCutInto(long seed) {
    Random random = new Random(seed);
    Desk desk = new Desk();
    day(random, desk);
    Span whole = span(0, MINUTES);
    int middle = 1 + random.nextInt(MINUTES - 1);

    ReasonedStop all = reasons(desk.journal(), List.of(whole)).stops().get(0);
    List<ReasonedStop> two =
        reasons(desk.journal(), List.of(span(0, middle), span(middle, MINUTES))).stops();

    assertThat(two.get(0)).isEqualTo(all.within(span(0, middle)).orElseThrow());
    assertThat(two.get(1)).isEqualTo(all.within(span(middle, MINUTES)).orElseThrow());
    assertThat(two.get(0).unknown().plus(two.get(1).unknown())).isEqualTo(all.unknown());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsFillTheStop(long seed) {
    Random random = new Random(seed);
    Desk desk = new Desk();
    day(random, desk);

    for (ReasonedStop stop : reasons(desk.journal(), stops(random)).stops()) {
      Instant next = stop.span().start();
      for (ReasonedStop.Part part : stop.parts()) {
        assertThat(part.span().start()).isEqualTo(next);
        assertThat(part.span().length()).isGreaterThan(Duration.ZERO);
        next = part.span().end();
      }
      assertThat(next).isEqualTo(stop.span().end());
    }
  }

  private static List<Span> stops(Random random) {
    List<Span> stops = new ArrayList<>();
    int at = 0;
    while (at < MINUTES - 60) {
      int from = at + random.nextInt(30);
      int to = from + 1 + random.nextInt(29);
      stops.add(span(from, to));
      at = to + 1;
    }
    return stops;
  }

  private static Reasons reasons(ReasonJournal journal, List<Span> stops) {
    return Reasons.of(
        DefaultReasons.tree(),
        journal,
        List.of(),
        new Evidence(span(0, MINUTES), stops, Optional::of, Map.of()));
  }
}
