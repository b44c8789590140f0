package fr.vigie.server.settings;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something is kept.
 *
 * @param period zero for ever
 */
public record KeptFor(Period period) {
  static final String WANTED = "forever, or a length such as 90 days, 13 months or 2 years";

  private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,3}) (day|month|year)s?");

  /** Empty when the text is none of {@value #WANTED}. */
  public static Optional<KeptFor> of(String text) {
    if (text.equals("forever")) {
      return Optional.of(new KeptFor(Period.ZERO));
    }
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(1));
    return Optional.of(
        new KeptFor(
            switch (matcher.group(2)) {
              case "day" -> Period.ofDays(number);
              case "month" -> Period.ofMonths(number);
              default -> Period.ofYears(number);
            }));
  }

  public boolean isForEver() {
    return period.isZero();
  }

  /** What is older than this may go; {@link Instant#MIN} when nothing may. */
  public Instant before(Instant now) {
    return isForEver() ? Instant.MIN : now.atZone(ZoneOffset.UTC).minus(period).toInstant();
  }
}
