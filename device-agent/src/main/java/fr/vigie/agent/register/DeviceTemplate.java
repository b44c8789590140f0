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
    mistakes.refuse();
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
  }
}
