package fr.vigie.example.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few of the cuts of {@code vigie powercut}; needs root. */
class PowerCutsIT {
  @ParameterizedTest
  @EnumSource
  void whatWasPromisedOutlivesACutOfThePower(Victim victim)
      throws IOException, InterruptedException {
    assumeThat(PowerCuts.hindrance()).as("may mount a file system in a file").isEmpty();
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    StringWriter words = new StringWriter();

    Counts counts = PowerCuts.run(victim, 7, seed, new PrintWriter(words));

    assertThat(counts.isClean()).as("seed %d, %s, %s", seed, counts, words).isTrue();
    assertThat(counts.cuts()).isEqualTo(7);
    assertThat(counts.acknowledged()).isPositive().isEqualTo(counts.present());
  }
}
