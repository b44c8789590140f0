package fr.vigie.example.faults;

import fr.vigie.example.fault.device.NoisyLine;
import fr.vigie.example.fault.device.Unplugged;
import fr.vigie.example.fault.link.BrokerDies;
import fr.vigie.example.fault.link.HalfOpen;
import fr.vigie.example.fault.link.LostAcknowledgements;
import fr.vigie.example.stage.Fault;
import java.util.Comparator;
import java.util.List;

/** Every fault that there is. */
final class FaultList {
  private FaultList() {}

  /**
   * By number.
   *
   * @param kills of F3
   */
  static List<Fault> all(int kills) {
    return List.<Fault>of(
            new BrokerDies(),
            new HalfOpen(),
            new LostAcknowledgements(),
            new Unplugged(),
            new NoisyLine())
        .stream()
        .sorted(Comparator.comparingInt(fault -> fault.sheet().number()))
        .toList();
  }
}
