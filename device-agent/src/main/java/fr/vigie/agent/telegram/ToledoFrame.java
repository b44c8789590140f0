package fr.vigie.agent.telegram;

import java.math.BigDecimal;

/**
 * One frame of a scale in the continuous format of Mettler Toledo.
 *
 * @param weight what the scale shows, gross or net; zero when it is out of range
 * @param net whether the tare is taken off the weight
 * @param unit {@code kg}, {@code lb} or {@code g}; empty when the frame says another one
 * @param outOfRange too much or too little for the scale: the weight is none
 * @param notZeroed the scale was switched on and not yet set to zero
 * @param expanded the scale shows one digit more than the frame has place for
 */
public record ToledoFrame(
    BigDecimal weight,
    BigDecimal tare,
    String unit,
    boolean net,
    boolean moving,
    boolean outOfRange,
    boolean notZeroed,
    boolean expanded) {}
