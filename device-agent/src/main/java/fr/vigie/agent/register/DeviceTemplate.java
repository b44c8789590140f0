package fr.vigie.agent.register;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.agent.setting.OwnFile;
import fr.vigie.signal.Names;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is the same for every device of one make.
 *
 * @param device what it is, and where the registers are known from
 * @param baud as the device leaves the factory
 * @param framing as the device leaves the factory
 * @param longestRead registers that the device gives at once
 * @param gap registers between two that may be read although nobody asks for them
 * @param signals by name
 */
@OwnFile({
  "eastron-sdm120",
  "eastron-sdm630",
  "eastron-sdm72",
  "schneider-altivar",
  "vfd-generic-2100"
})
public record DeviceTemplate(
    String device,
    Optional<Integer> baud,
    Optional<Framing> framing,
    Optional<Integer> longestRead,
    Optional<Integer> gap,
    Map<String, Register> signals) {
  /** In one question, by the protocol. */
  public static final int MOST_REGISTERS = 125;

  public DeviceTemplate {
    Mistakes mistakes =
        new Mistakes().unless(!signals.isEmpty(), "signals", "nothing", "registers");
    signals.forEach(
        (name, register) ->
            mistakes
                .unless(Names.isName(name), "signals." + name, "'" + name + "'", "a name")
                .unless(
                    register.address().isPresent(),
                    "signals." + name + ".address",
                    "nothing",
                    "the register's address, as the protocol counts"));
    checkUse(mistakes, baud, framing, longestRead, gap);
    mistakes.refuse();
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
  }

  /** Notes what is wrong with how a device is to be used. */
  public static void checkUse(
      Mistakes mistakes,
      Optional<Integer> baud,
      Optional<Framing> framing,
      Optional<Integer> longestRead,
      Optional<Integer> gap) {
    mistakes
        .unless(
            baud.isEmpty() || (baud.get() >= 300 && baud.get() <= 4_000_000),
            "baud",
            baud.orElse(0).toString(),
            "300 to 4000000")
        .unless(
            framing.isEmpty() || framing.get().dataBits() == 8,
            "framing",
            framing.map(Framing::toString).orElse(""),
            "8 data bits, such as 8N1 or 8E1")
        .unless(
            longestRead.orElse(1) >= 1 && longestRead.orElse(1) <= MOST_REGISTERS,
            "longest-read",
            longestRead.orElse(0).toString(),
            "1 to 125 registers")
        .unless(
            gap.orElse(0) >= 0 && gap.orElse(0) < MOST_REGISTERS,
            "gap",
            gap.orElse(0).toString(),
            "0 to 124 registers");
  }
}
