package fr.vigie.agent.telegram;

import java.util.OptionalDouble;

/**
 * One value of a meter.
 *
 * @param key what it is, such as {@code voltage}, {@code energy.tariff1} or {@code power.max.2}
 * @param unit UCUM symbol
 * @param value empty when the meter says that it has none
 */
public record MbusRecord(String key, String unit, OptionalDouble value) {}
