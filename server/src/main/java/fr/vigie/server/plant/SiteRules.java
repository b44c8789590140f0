package fr.vigie.server.plant;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.production.Convention;
import fr.vigie.reason.ReasonTree;
import java.util.Currency;

/** What holds for every machine of a site. */
record SiteRules(
    ShiftCalendar calendar, Convention convention, Currency currency, ReasonTree reasons) {
  SiteRules with(ReasonTree others) {
    return new SiteRules(calendar, convention, currency, others);
  }
}
