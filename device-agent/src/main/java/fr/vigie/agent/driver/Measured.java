package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Inline;
import java.util.Optional;

/**
 * A signal of a device whose quantities the driver knows.
 *
 * @param from the quantity, when it differs from the signal's name
 * @param refine what becomes of its readings before they leave
 */
public record Measured(Optional<String> from, @Inline Refinement refine) {}
