package fr.vigie.production;

import fr.vigie.reason.Reasoned;
import java.util.List;

/**
 * What people said of a machine, in any order.
 *
 * @param orders which product was to be made when
 * @param rejects parts said not to be good
 * @param reasons why the machine stood; where it ran they say nothing
 */
public record Declared(List<Order> orders, List<Declaration> rejects, List<Reasoned> reasons) {
  public static final Declared NOTHING = new Declared(List.of(), List.of(), List.of());

  public Declared {
    orders = List.copyOf(orders);
    rejects = List.copyOf(rejects);
    reasons = List.copyOf(reasons);
  }
}
