package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Finding;
import org.junit.jupiter.api.Test;

class LineLoadTest {
  private final Bench bench = new Bench();
  private final LineLoad load = new LineLoad(9600, Framing.F_8N1, bench.context());

  private void send(int seconds, int bytesASecond, boolean good) {
    for (int i = 0; i < seconds; i++) {
      bench.pass(1000);
      load.count(bytesASecond);
      bench.counters.countRead();
      if (!good) {
        bench.counters.countRejected("noise");
      }
    }
  }

  @Test
  void aQuietLineIsFine() {
    send(10, 96, true);

    assertThat(load.finding())
        .isEqualTo(Finding.fine("96 bytes/s over 10 s, 10 % of what 9600 8N1 carries"));
  }

  @Test
  void aFullLineIsToldWithWhatToDo() {
    send(10, 800, true);

    assertThat(load.finding().fine()).isFalse();
    assertThat(load.finding().words()).contains("83 % of", "raise the baud rate");
  }

  @Test
  void bytesWithoutAnythingGoodAreASpeedThatIsWrong() {
    send(10, 96, false);

    assertThat(load.finding().words())
        .contains("nothing good among them: do baud rate and framing");
  }

  @Test
  void aMinuteIsTheMostThatIsToldOf() {
    send(60, 960, true);
    assertThat(load.finding().words()).contains("over 60 s", "100 %");
    send(10, 0, true);

    assertThat(load.finding().words()).startsWith("0 bytes/s over 10 s");
  }

  @Test
  void parityAndStopBitsTakeTheirTime() {
    assertThat(Framing.F_8N1.bits()).isEqualTo(10);
    assertThat(Framing.F_7E1.bits()).isEqualTo(10);
    assertThat(Framing.F_8E1.bits()).isEqualTo(11);
  }
}
