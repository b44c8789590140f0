package fr.vigie.agent.discover;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.agent.bus.modbus.RtuLine;
import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.agent.telegram.TicDecoder;
import fr.vigie.agent.telegram.TicGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Finds out what is behind one serial port: listens for a French meter, then asks for Modbus units
 * at the usual speeds, with questions that only read. For one thread.
 */
public final class Interview {
  private static final long LISTENING = Duration.ofMillis(3_000).toNanos();
  private static final int GROUPS = 3;
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Read FIRST = new Read(Table.INPUT, 0, 1);
  private static final Read FLOAT = new Read(Table.INPUT, 0, 2);
  private static final List<Manner> MANNERS =
      List.of(
          new Manner(9600, Framing.F_8N1),
          new Manner(19_200, Framing.F_8E1),
          new Manner(2400, Framing.F_8N1),
          new Manner(9600, Framing.F_8E1),
          new Manner(19_200, Framing.F_8N1),
          new Manner(38_400, Framing.F_8N1),
          new Manner(115_200, Framing.F_8N1));

  private record Manner(int baud, Framing framing) {
    @Override
    public String toString() {
      return baud + " " + framing;
    }
  }

  /** Opens the port. */
  public interface Opener {
    BytePort open(int baud, Framing framing) throws IOException;
  }

  private final String port;
  private final Opener opener;
  private final LongSupplier monotonic;
  private final LongConsumer waiting;
  private final Consumer<String> progress;

  /**
   * @param waiting waits for as many nanoseconds
   * @param progress takes a line now and then of what is being done
   */
  public Interview(
      String port,
      Opener opener,
      LongSupplier monotonic,
      LongConsumer waiting,
      Consumer<String> progress) {
    this.port = port;
    this.opener = opener;
    this.monotonic = monotonic;
    this.waiting = waiting;
    this.progress = progress;
  }

  /**
   * @param highest Modbus units from 1 to this are asked, 1 to 247
   * @throws IOException when the port cannot be opened, or is lost meanwhile
   */
  public List<Found> conduct(int highest) throws IOException {
    for (int baud : new int[] {1200, 9600}) {
      if (isMeter(baud)) {
        return List.of(meter(baud == 1200 ? "historique" : "standard"));
      }
    }
    for (Manner manner : MANNERS) {
      List<Found> units = units(manner, highest);
      if (!units.isEmpty()) {
        return units;
      }
    }
    return List.of(
        Found.note(
            port,
            "no Linky meter, and no Modbus unit from 1 to "
                + highest
                + " at "
                + MANNERS
                + ". Are A and B exchanged, is the device switched on, has it a higher address?"));
  }

  private boolean isMeter(int baud) throws IOException {
    progress.accept("listening at " + baud + " 7E1 for a Linky meter");
    try (BytePort open = opener.open(baud, Framing.F_7E1)) {
      TicDecoder decoder = new TicDecoder();
      Count groups = new Count();
      byte[] bytes = new byte[256];
      long until = monotonic.getAsLong() + LISTENING;
      while (groups.whole < GROUPS && monotonic.getAsLong() - until < 0) {
        decoder.feed(bytes, open.read(bytes), groups);
      }
      return groups.whole >= GROUPS;
    }
  }

  private Found meter(String mode) {
    return new Found(
        port,
        "a French meter, customer information in mode " + mode,
        Optional.of(
            new Found.Proposal(
                "meter",
                "linky-tic",
                List.of("machine: MACHINE", "port: " + port, "mode: " + mode),
                false)));
  }

  private List<Found> units(Manner manner, int highest) throws IOException {
    progress.accept("asking Modbus units 1 to " + highest + " at " + manner);
    List<Found> found = new ArrayList<>();
    BytePort open = opener.open(manner.baud, manner.framing);
    try (Modbus line = new RtuLine(open, manner.baud, manner.framing, monotonic, waiting)) {
      for (int unit = 1; unit <= highest; unit++) {
        Answer answer = line.read(unit, FIRST, PATIENCE);
        if (answer instanceof Answer.Data || answer instanceof Answer.Refused) {
          found.add(unit(manner, unit, line.read(unit, FLOAT, PATIENCE)));
        }
      }
    }
    return found;
  }

  private Found unit(Manner manner, int unit, Answer first) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "machine: MACHINE",
                "port: " + port,
                "baud: " + manner.baud,
                "framing: " + manner.framing,
                "slave: " + unit));
    Optional<Float> volts = volts(first);
    if (volts.isPresent()) {
      keys.add("template: eastron-sdm120    # or eastron-sdm630, eastron-sdm72");
    } else {
      keys.add("signals:");
      keys.add("  KEY: {address: 0, table: input}    # see the device's manual");
    }
    return new Found(
        port,
        "Modbus unit "
            + unit
            + " at "
            + manner
            + volts
                .map(
                    value ->
                        String.format(
                            Locale.ROOT,
                            ", whose first registers read %.1f as a voltage: an Eastron meter?",
                            value))
                .orElse(""),
        Optional.of(new Found.Proposal("unit-" + unit, "modbus", keys, false)));
  }

  /** What an Eastron meter has in its first two registers. */
  private static Optional<Float> volts(Answer answer) {
    if (answer instanceof Answer.Data data && data.bytes().length == Float.BYTES) {
      float value = ByteBuffer.wrap(data.bytes()).getFloat();
      return value > 80 && value < 500 ? Optional.of(value) : Optional.empty();
    }
    return Optional.empty();
  }

  private static final class Count implements TicDecoder.Groups {
    private int whole;

    @Override
    public void frameBegins() {}

    @Override
    public void group(TicGroup group) {
      whole++;
    }

    @Override
    public void frameEnds() {}

    @Override
    public void rejected(String why) {}
  }
}
