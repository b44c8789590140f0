package fr.vigie.server.plant;

import fr.vigie.production.MachineRules;
import fr.vigie.reason.AutomaticRule;
import fr.vigie.server.store.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine, and how its samples are to be read.
 *
 * @param name unique on a server
 * @param label what people call it; free text
 * @param line free text, may be empty
 * @param version grows with each change of the machine
 * @param rules the site's calendar included, unless all time is required of the machine
 */
public record Machine(
    String site,
    String name,
    String label,
    String line,
    long version,
    Signals signals,
    MachineRules rules,
    Instruments instruments) {
  /** A machine of which neither energy nor condition is measured. */
  public Machine(
      String site,
      String name,
      String label,
      String line,
      long version,
      Signals signals,
      MachineRules rules) {
    this(site, name, label, line, version, signals, rules, Instruments.NONE);
  }

  /**
   * Names of the signals that figures are made from.
   *
   * @param speed shown as the machine's speed
   */
  public record Signals(
      String state, Optional<String> parts, Optional<String> scrap, Optional<String> speed) {
    List<String> all() {
      List<String> all = new ArrayList<>(List.of(state));
      parts.ifPresent(all::add);
      scrap.ifPresent(all::add);
      speed.ifPresent(all::add);
      return all;
    }
  }

  /** A signal of this machine, as the store knows it. */
  public Series series(String signal) {
    return new Series(site, name, signal);
  }

  /** Every series that the machine's figures and reasons are made from. */
  public List<Series> series() {
    List<Series> all = new ArrayList<>(signals.all().stream().map(this::series).toList());
    all.addAll(reasonSeries());
    return all.stream().distinct().toList();
  }

  /** What its rules find reasons in. */
  public List<Series> reasonSeries() {
    return rules.reasons().stream()
        .map(AutomaticRule::signal)
        .distinct()
        .map(this::series)
        .toList();
  }
}
