package fr.vigie.condition;

import static fr.vigie.condition.VibrationScale.ISO_10816_1_CLASS_1;
import static fr.vigie.condition.VibrationScale.ISO_10816_1_CLASS_2;
import static fr.vigie.condition.VibrationScale.ISO_10816_1_CLASS_3;
import static fr.vigie.condition.VibrationScale.ISO_10816_1_CLASS_4;
import static fr.vigie.condition.VibrationScale.ISO_20816_3_GROUP_2_RIGID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.condition.VibrationScale.Zone;
import fr.vigie.statistics.Band;
import org.junit.jupiter.api.Test;

class VibrationScaleTest {
  /** Acoem, "ISO 10816-3" application page: a pump of 150 hp at 1765 rpm, rigid. */
  @Test
  void aPublishedPumpIsNewUpToOnePointFourAndUnrestrictedBelowTwoPointEight() {
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(1.4)).contains(Zone.A);
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(1.41)).contains(Zone.B);
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(2.79)).contains(Zone.B);
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(4.6)).contains(Zone.D);
  }

  @Test
  void aLimitBelongsToTheBetterZone() {
    for (VibrationScale scale : VibrationScale.values()) {
      for (Zone zone : new Zone[] {Zone.A, Zone.B, Zone.C}) {
        double limit = scale.upperEnd(zone);
        assertThat(scale.zone(limit)).contains(zone);
        assertThat(scale.zone(Math.nextUp(limit))).contains(Zone.values()[zone.ordinal() + 1]);
      }
      assertThat(scale.zone(0)).contains(Zone.A);
      assertThat(scale.zone(1e6)).contains(Zone.D);
    }
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(Double.NaN)).isEmpty();
    assertThat(ISO_20816_3_GROUP_2_RIGID.zone(-4)).as("no velocity lies below zero").isEmpty();
  }

  /** The table of the Extech 407860 manual, which many pages wrongly call 10816-3. */
  @Test
  void theClassesAreThoseOfTheWithdrawnStandardAndSaySo() {
    assertThat(ends(ISO_10816_1_CLASS_1)).containsExactly(0.71, 1.8, 4.5);
    assertThat(ends(ISO_10816_1_CLASS_2)).containsExactly(1.12, 2.8, 7.1);
    assertThat(ends(ISO_10816_1_CLASS_3)).containsExactly(1.8, 4.5, 11.2);
    assertThat(ends(ISO_10816_1_CLASS_4)).containsExactly(2.8, 7.1, 18);
    for (VibrationScale scale : VibrationScale.values()) {
      assertThat(scale.title().contains("withdrawn")).isEqualTo(scale.isWithdrawn());
      assertThat(scale.isWithdrawn()).isEqualTo(scale.name().contains("10816"));
    }
  }

  @Test
  void anAlarmLiesAQuarterOfZoneBAboveWhatIsUsualButNotFarIntoZoneC() {
    assertThat(ISO_20816_3_GROUP_2_RIGID.alarm(1.0)).isCloseTo(1.7, within(1e-12));
    assertThat(ISO_20816_3_GROUP_2_RIGID.alarm(5.0)).isCloseTo(3.5, within(1e-12));
    assertThat(ISO_20816_3_GROUP_2_RIGID.trip()).isCloseTo(5.625, within(1e-12));
    assertThat(ISO_20816_3_GROUP_2_RIGID.isSignificant(1.0, 1.69)).isFalse();
    assertThat(ISO_20816_3_GROUP_2_RIGID.isSignificant(2.0, 1.2)).isTrue();
  }

  @Test
  void aSlowSensorDoesNotCoverWhatTheScaleSpeaksOf() {
    assertThat(ISO_20816_3_GROUP_2_RIGID.isCoveredBy(new Band(2, 1600))).isTrue();
    assertThat(ISO_20816_3_GROUP_2_RIGID.isCoveredBy(Band.BROAD)).isTrue();
    assertThat(ISO_20816_3_GROUP_2_RIGID.isCoveredBy(new Band(10, 260))).isFalse();
    assertThat(ISO_20816_3_GROUP_2_RIGID.isCoveredBy(new Band(20, 1000))).isFalse();
  }

  private static double[] ends(VibrationScale scale) {
    return new double[] {scale.upperEnd(Zone.A), scale.upperEnd(Zone.B), scale.upperEnd(Zone.C)};
  }
}
