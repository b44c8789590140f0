package fr.vigie.condition;

import fr.vigie.statistics.Band;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Published limits of broadband vibration velocity on parts that do not turn, in mm/s RMS from 10
 * to 1000 Hz. The numbers are those in general use; the paid texts were not at hand. For spindles
 * of machine tools none of them is meant.
 */
public enum VibrationScale {
  /** More than 300 kW, or a shaft height of 315 mm and more. */
  ISO_20816_3_GROUP_1_RIGID("ISO 20816-3:2022 group 1, rigid", false, 2.3, 4.5, 7.1),
  ISO_20816_3_GROUP_1_FLEXIBLE("ISO 20816-3:2022 group 1, flexible", false, 3.5, 7.1, 11.0),
  /** From 15 to 300 kW, or a shaft height of 160 to 315 mm. */
  ISO_20816_3_GROUP_2_RIGID("ISO 20816-3:2022 group 2, rigid", false, 1.4, 2.8, 4.5),
  ISO_20816_3_GROUP_2_FLEXIBLE("ISO 20816-3:2022 group 2, flexible", false, 2.3, 4.5, 7.1),
  /** Less than 15 kW, for which there is no newer standard. */
  ISO_10816_1_CLASS_1("ISO 10816-1:1995 class I (withdrawn)", true, 0.71, 1.8, 4.5),
  /** From 15 to 75 kW. */
  ISO_10816_1_CLASS_2("ISO 10816-1:1995 class II (withdrawn)", true, 1.12, 2.8, 7.1),
  /** Large, on a rigid foundation. */
  ISO_10816_1_CLASS_3("ISO 10816-1:1995 class III (withdrawn)", true, 1.8, 4.5, 11.2),
  /** Large, on a soft foundation. */
  ISO_10816_1_CLASS_4("ISO 10816-1:1995 class IV (withdrawn)", true, 2.8, 7.1, 18);

  /** Of what quality a vibration is: A as new, B for any time, C for a limited one, D harmful. */
  public enum Zone {
    A,
    B,
    C,
    D
  }

  private static final double ALARM_STEP = 0.25;
  private static final double MOST = 1.25;

  private final String title;
  private final boolean withdrawn;
  private final double ab;
  private final double bc;
  private final double cd;

  VibrationScale(String title, boolean withdrawn, double ab, double bc, double cd) {
    this.title = title;
    this.withdrawn = withdrawn;
    this.ab = ab;
    this.bc = bc;
    this.cd = cd;
  }

  /** As it stands beside a figure. */
  public String title() {
    return title;
  }

  public boolean isWithdrawn() {
    return withdrawn;
  }

  /** The best zone's upper end; each limit itself belongs to the better zone. In mm/s. */
  public double upperEnd(Zone zone) {
    return switch (zone) {
      case A -> ab;
      case B -> bc;
      case C -> cd;
      case D -> Double.POSITIVE_INFINITY;
    };
  }

  /** Empty below zero, where no velocity is: the sensor is not to be believed. */
  public Optional<Zone> zone(double millimetersPerSecond) {
    return Stream.of(Zone.values())
        .filter(zone -> millimetersPerSecond >= 0 && millimetersPerSecond <= upperEnd(zone))
        .findFirst();
  }

  /**
   * Whether a band is all that the scale speaks of. Of a part of it the real value may be higher,
   * so that the zone is an indication at best.
   */
  public boolean isCoveredBy(Band band) {
    return band.low() <= Band.BROAD.low() && band.high() >= Band.BROAD.high();
  }

  /** A quarter of the end of zone B above what is usual, at most 1.25 times that end. */
  public double alarm(double usual) {
    return Math.min(usual + ALARM_STEP * bc, MOST * bc);
  }

  /** At which the machine is stopped: 1.25 times the end of zone C. */
  public double trip() {
    return MOST * cd;
  }

  /** A change by more than a quarter of the end of zone B, up or down, inside a zone too. */
  public boolean isSignificant(double usual, double now) {
    return Math.abs(now - usual) > ALARM_STEP * bc;
  }
}
