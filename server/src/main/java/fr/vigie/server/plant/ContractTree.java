package fr.vigie.server.plant;

import fr.vigie.time.Span;
import fr.vigie.usage.Contract;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tree that describes a contract over a machine.
 *
 * @param meter signal of the machine that counts its energy
 * @param unit of that signal
 */
public record ContractTree(Contract contract, Optional<String> meter, String unit) {
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /**
   * @param machines that there are
   * @param units of energy
   * @throws MistakesFound with all of them
   */
  public static ContractTree read(
      Map<?, ?> values, Collection<String> machines, Collection<String> units) {
    Tree tree = Tree.of(values);
    String id = tree.wantedName("contract");
    String machine = tree.wantedName("machine");
    if (tree.has("machine") && !machines.contains(machine)) {
      tree.wrong("machine", "one of " + String.join(", ", machines));
    }
    Optional<String> customer = tree.text("customer", 120);
    if (customer.filter(text -> !text.isEmpty()).isEmpty()) {
      tree.wrong("customer", "the customer's name, one line");
    }
    Instant from = instant(tree, "from", FIRST);
    Instant to = instant(tree, "to", LAST);
    if (!from.isBefore(to)) {
      tree.wrong("to", "an instant after from");
    }
    Optional<String> meter = tree.name("meter");
    String unit = tree.text("meter-unit", 20).orElse("kW.h");
    if (!units.contains(unit)) {
      tree.wrong("meter-unit", "one of " + String.join(", ", units.stream().sorted().toList()));
    }
    Contract contract = contract(tree, id, customer.orElse("-"), machine, from, to);
    tree.check();
    return new ContractTree(Objects.requireNonNull(contract), meter, unit);
  }

  private static Instant instant(Tree tree, String key, Instant otherwise) {
    Optional<Instant> found = tree.instant(key);
    boolean there = found.isPresent() && !found.get().isBefore(FIRST) && !found.get().isAfter(LAST);
    if (!there && (found.isPresent() || !tree.has(key))) {
      tree.wrong(key, "an instant such as 2026-10-01T00:00:00Z of this century");
    }
    return there ? found.get() : otherwise;
  }

  private static @Nullable Contract contract(
      Tree tree, String id, String customer, String machine, Instant from, Instant to) {
    try {
      return new Contract(
          id, customer, machine, new Span(from, from.isBefore(to) ? to : from.plusSeconds(1)));
    } catch (IllegalArgumentException e) {
      tree.wrong("customer", "a line that starts with none of = + - @");
      return null;
    }
  }
}
