package fr.vigie.server.plant;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.production.Convention;
import fr.vigie.reason.DefaultReasons;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/** Reads the tree that describes a site. */
final class SiteTree {
  private SiteTree() {}

  /**
   * All but the site's tree of reasons, which is put by itself.
   *
   * @throws MistakesFound with all of them
   */
  static SiteRules read(Map<?, ?> values) {
    Tree tree = Tree.of(values);
    Optional<ShiftCalendar> calendar = CalendarTree.read(tree);
    Convention convention = convention(tree);
    Currency currency = currency(tree);
    tree.check();
    return new SiteRules(calendar.orElseThrow(), convention, currency, DefaultReasons.tree());
  }

  private static Convention convention(Tree tree) {
    boolean outside = tree.word("changeover", "inside", "outside").equals("outside");
    boolean iso = tree.word("mtbf", "classic", "iso22400").equals("iso22400");
    boolean calendar = tree.word("mtbf-time", "operating", "calendar").equals("calendar");
    return new Convention(
        outside ? Convention.Changeover.OUTSIDE : Convention.Changeover.INSIDE,
        iso ? Convention.Mtbf.ISO22400 : Convention.Mtbf.CLASSIC,
        calendar ? Convention.Base.CALENDAR : Convention.Base.OPERATING);
  }

  private static Currency currency(Tree tree) {
    String code = tree.text("currency", 3).orElse("EUR");
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      tree.wrong("currency", "a code of ISO 4217 such as EUR");
      return Currency.getInstance("EUR");
    }
  }
}
