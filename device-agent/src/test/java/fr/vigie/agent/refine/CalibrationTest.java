package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.HEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.refine.Calibration.Point;
import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Sample;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 3);

  @Test
  void onePointIsAnOffsetThatHoldsEverywhere() {
    Readings readings = read(of(0, new Point(0.5, 0.0)));

    readings.read(0, 0.5).read(1, 100.5).read(2, -40);

    assertThat(readings.told("heat")).containsExactly("0=0", "1=100", "2=-40.5");
  }

  @Test
  void betweenPointsTheTruthLiesOnAStraightLine() {
    Readings readings =
        read(of(0, new Point(0.0, 10.0), new Point(10.0, 20.0), new Point(20.0, 50.0)));

    readings.read(0, 0).read(1, 5).read(2, 10).read(3, 15).read(4, 20);

    assertThat(readings.told("heat")).containsExactly("0=10", "1=15", "2=20", "3=35", "4=50");
  }

  @Test
  void beyondTheMarginAValueIsUncertain() {
    Readings readings = read(of(2, new Point(0.0, 0.0), new Point(10.0, 20.0)));

    readings.read(0, 12).read(1, 12.5).read(2, -2).read(3, -2.5);

    assertThat(readings.told("heat")).containsExactly("0=24", "1=25?", "2=-4", "3=-5?");
  }

  @Test
  void truthMayFallWhileReadingsRise() {
    Readings readings = read(of(0, new Point(4.0, 100.0), new Point(20.0, 0.0)));

    assertThat(readings.read(0, 8).told("heat")).containsExactly("0=75");
  }

  @Test
  void whatIsComputedHasNineSignificantDigits() {
    Readings readings = read(of(0, new Point(0.2, 0.0), new Point(20.2, 20.0)));

    readings.read(0, 0.21).read(1, 1.0 / 3);

    assertThat(readings.of("heat"))
        .containsExactly(Readings.at(0, 0.01), Readings.at(1, 0.133333333));
  }

  @Test
  void aMissingValueStaysMissingAndADoubtfulOneDoubtful() {
    Readings readings = read(of(0, new Point(0.0, 1.0)));

    readings.read(Sample.missing(Readings.START)).readUncertain(1, 1);

    assertThat(readings.told("heat")).containsExactly("0=missing", "1=2?");
  }

  @Test
  void aValueThatOverflowsIsMissingAndHurtsNobody() {
    Readings readings = read(of(0, new Point(0.0, 0.0), new Point(1.0, 1e9)));

    assertThat(readings.read(0, 1e308).told("heat")).containsExactly("0=missing");
  }

  @Test
  void pointsThatDoNotGoOnInOneDirectionAreRefused() {
    assertThatThrownBy(() -> of(0, new Point(0.0, 0.0), new Point(0.0, 1.0)))
        .hasMessageContaining("one direction");
    assertThatThrownBy(() -> of(0, new Point(0.0, 0.0), new Point(1.0, 1.0), new Point(2.0, 1.0)))
        .hasMessageContaining("one direction");
    assertThatThrownBy(() -> of(0, new Point(0.0, 5.0), new Point(1.0, 1.0), new Point(2.0, 3.0)))
        .hasMessageContaining("one direction");
    assertThatThrownBy(() -> new Calibration(List.of(), -1.0, DAY, " "))
        .hasMessageContaining("points")
        .hasMessageContaining("margin")
        .hasMessageContaining("author");
  }

  @Test
  void aCalibrationSaysWhoMadeItAndWhen() {
    assertThat(of(0, new Point(0.5, 0.0)))
        .hasToString("1 point of 2026-11-03 by the metrology lab");
  }

  private static Calibration of(double margin, Point... points) {
    return new Calibration(List.of(points), margin, DAY, "the metrology lab");
  }

  private static Readings read(Calibration calibration) {
    return new Readings(HEAT, Rules.NONE.calibrate(calibration).build());
  }
}
