package fr.vigie.example.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductionTest {
  private static final Duration SHIFT = Duration.ofHours(8);

  @Test
  void courseDoesNotDependOnHowTimeIsCut() {
    long seed = new Random().nextLong();
    Production inOneStep = new Production(Habits.PRESS, seed);
    Production inMany = new Production(Habits.PRESS, seed);
    inOneStep.advance(SHIFT);
    Random random = new Random(seed);
    Duration now = Duration.ZERO;
    while (now.compareTo(SHIFT) < 0) {
      inMany.advance(now);
      now = now.plusMillis(random.nextInt(20_000));
    }
    inMany.advance(SHIFT);
    assertThat(inMany.parts()).as("seed %d", seed).isEqualTo(inOneStep.parts());
    assertThat(inMany.scrap()).as("seed %d", seed).isEqualTo(inOneStep.scrap());
    assertThat(inMany.activity()).as("seed %d", seed).isEqualTo(inOneStep.activity());
  }

  @Test
  void pressReachesARealisticTrsOverManyShifts() {
    assertThat(meanTrs(Habits.PRESS, Press.REFERENCE_CYCLE)).isBetween(0.70, 0.80);
  }

  @Test
  void fillerReachesARealisticTrsOverManyShifts() {
    assertThat(meanTrs(Habits.FILLER, Filler.REFERENCE_CYCLE)).isBetween(0.65, 0.80);
  }

  @Test
  void everyShiftHasShortStopsAndScrap() {
    for (int seed = 0; seed < 20; seed++) {
      Production production = new Production(Habits.PRESS, seed);
      boolean heldUp = false;
      for (Duration now = Duration.ZERO; now.compareTo(SHIFT) < 0; now = now.plusSeconds(1)) {
        production.advance(now);
        heldUp |= production.activity() == Production.Activity.HELD_UP;
      }
      assertThat(heldUp).as("seed %d", seed).isTrue();
      assertThat(production.scrap()).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void deviceSaysTheSameHoweverOftenItIsAsked() {
    Press once = new Press(5);
    Press often = new Press(5);
    List<Message> said = new ArrayList<>();
    for (int millis = 0; millis <= 60_000; millis += 37) {
      said.addAll(often.until(Duration.ofMillis(millis)));
    }
    assertThat(once.until(Duration.ofMinutes(1))).startsWith(said.toArray(new Message[0]));
    assertThat(said).hasSizeBetween(599, 600);
  }

  @Test
  void everyMessageCarriesEverySignalAndTheNextNumber() {
    for (Device device : List.of(new Press(1), new Filler(1))) {
      List<Message> said = device.until(Duration.ofMinutes(10));
      long expected = 1;
      for (Message message : said) {
        assertThat(message.sequence()).isEqualTo(expected++);
        assertThat(message.values().keySet()).isEqualTo(said.get(0).values().keySet());
      }
    }
  }

  @Test
  void currentTellsStrokesFromIdling() {
    double highest = 0;
    for (Message message : new Press(1).until(Duration.ofMinutes(1))) {
      double amperes = ((Value.Number) message.values().get("current")).number();
      assertThat(amperes).isBetween(0.0, 18.5);
      highest = Math.max(highest, amperes);
    }
    assertThat(highest).isGreaterThan(15);
  }

  private static double meanTrs(Habits habits, Duration referenceCycle) {
    double useful = 0;
    int shifts = 50;
    for (int seed = 0; seed < shifts; seed++) {
      Production production = new Production(habits, seed);
      production.advance(SHIFT);
      useful += (production.parts() - production.scrap()) * (double) referenceCycle.toNanos();
    }
    return useful / shifts / SHIFT.toNanos();
  }
}
