package fr.vigie.example.faults;

import fr.vigie.example.fault.device.GpioBursts;
import fr.vigie.example.fault.device.NoisyLine;
import fr.vigie.example.fault.device.PortsSwapped;
import fr.vigie.example.fault.device.Unplugged;
import fr.vigie.example.fault.disk.DamagedOutbox;
import fr.vigie.example.fault.disk.FewFiles;
import fr.vigie.example.fault.disk.FullAgentDisk;
import fr.vigie.example.fault.disk.FullServerDisk;
import fr.vigie.example.fault.disk.ReadOnlyCard;
import fr.vigie.example.fault.disk.TenMillionRecords;
import fr.vigie.example.fault.link.AddressMoves;
import fr.vigie.example.fault.link.BadLink;
import fr.vigie.example.fault.link.BrokerDies;
import fr.vigie.example.fault.link.HalfOpen;
import fr.vigie.example.fault.link.LinkFlaps;
import fr.vigie.example.fault.link.LongOutage;
import fr.vigie.example.fault.link.LostAcknowledgements;
import fr.vigie.example.fault.link.SameName;
import fr.vigie.example.fault.link.SlowStore;
import fr.vigie.example.fault.message.LaterVersion;
import fr.vigie.example.fault.message.OutOfOrder;
import fr.vigie.example.fault.message.Poison;
import fr.vigie.example.fault.power.AgentPowerCut;
import fr.vigie.example.fault.power.Kills;
import fr.vigie.example.fault.power.OutOfMemory;
import fr.vigie.example.fault.power.ServerPowerCut;
import fr.vigie.example.fault.setup.Certificates;
import fr.vigie.example.fault.setup.ClonedCard;
import fr.vigie.example.fault.setup.OldBackup;
import fr.vigie.example.fault.setup.WrongConfiguration;
import fr.vigie.example.fault.time.BootIn1970;
import fr.vigie.example.fault.time.ClockApart;
import fr.vigie.example.fault.time.ClockSteps;
import fr.vigie.example.fault.time.DaysOf23And25Hours;
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
            new GpioBursts(),
            new NoisyLine(),
            new PortsSwapped(),
            new Unplugged(),
            new DamagedOutbox(),
            new FewFiles(),
            new FullAgentDisk(),
            new FullServerDisk(),
            new ReadOnlyCard(),
            new TenMillionRecords(),
            new AddressMoves(),
            new BadLink(),
            new BrokerDies(),
            new HalfOpen(),
            new LinkFlaps(),
            new LongOutage(),
            new LostAcknowledgements(),
            new SameName(),
            new SlowStore(),
            new LaterVersion(),
            new OutOfOrder(),
            new Poison(),
            new AgentPowerCut(),
            new Kills(kills),
            new OutOfMemory(),
            new ServerPowerCut(),
            new Certificates(),
            new ClonedCard(),
            new OldBackup(),
            new WrongConfiguration(),
            new BootIn1970(),
            new ClockApart(),
            new ClockSteps(),
            new DaysOf23And25Hours())
        .stream()
        .sorted(Comparator.comparingInt(fault -> fault.sheet().number()))
        .toList();
  }
}
