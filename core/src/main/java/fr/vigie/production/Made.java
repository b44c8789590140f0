package fr.vigie.production;

import java.time.Duration;
import java.util.Optional;

/**
 * What was made of one product in opening time.
 *
 * @param product empty: no order said which
 * @param time opening time in which its orders were on
 */
public record Made(Optional<String> product, Duration time, Output output) {}
