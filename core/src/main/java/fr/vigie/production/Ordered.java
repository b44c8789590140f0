package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which product a machine was to make when, by name of product. */
record Ordered(Laid<String> laid, Map<String, Stretches> products, Stretches all) {
  private static final Instant FOR_EVER = Nanos.instant(Long.MAX_VALUE);

  static Ordered of(List<Order> orders) {
    List<Order> sorted = new ArrayList<>(orders);
    sorted.sort(Comparator.comparing(Order::start));
    List<Laid.Piece<String>> pieces = new ArrayList<>();
    Instant next = FOR_EVER;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Order order = sorted.get(i);
      if (i + 1 < sorted.size() && sorted.get(i + 1).start().isAfter(order.start())) {
        next = sorted.get(i + 1).start();
      }
      pieces.add(
          new Laid.Piece<>(new Span(order.start(), order.end().orElse(next)), order.product()));
    }
    Laid<String> laid = Laid.of(pieces, product -> product);
    Map<String, Stretches> products = new TreeMap<>();
    Set<String> names = new HashSet<>();
    orders.forEach(order -> names.add(order.product()));
    names.forEach(name -> products.put(name, laid.where(name::equals)));
    return new Ordered(laid, products, laid.where(name -> true));
  }

  /** The product of a part that is complete at an instant. */
  Optional<String> at(long instant) {
    return products.entrySet().stream()
        .filter(entry -> entry.getValue().contains(instant))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
