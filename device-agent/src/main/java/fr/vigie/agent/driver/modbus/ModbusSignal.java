package fr.vigie.agent.driver.modbus;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.register.Register;
import fr.vigie.agent.setting.Inline;
import java.util.Optional;

/**
 * A signal of a Modbus device: one of its template, or a register of one's own.
 *
 * @param from the signal of the template, when it differs from the signal's name
 * @param register without anything for a signal of the template
 * @param refine what becomes of its readings before they leave
 */
public record ModbusSignal(
    Optional<String> from, @Inline Register register, @Inline Refinement refine) {}
