package fr.vigie.agent.driver;

import java.util.OptionalDouble;

/** Reads a number as devices print it; anything but a finite decimal number is none. */
public final class Decimal {
  private Decimal() {}

  /**
   * @param sign the decimal sign, a dot or a comma
   */
  public static OptionalDouble read(String text, char sign) {
    int digits = 0;
    boolean fraction = false;
    boolean exponent = false;
    String stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == sign && !fraction && !exponent) {
        fraction = true;
      } else if ((c == 'e' || c == 'E') && digits > 0 && !exponent) {
        exponent = true;
        digits = 0;
      } else if (!((c == '-' || c == '+')
          && (i == 0 || "eE".indexOf(stripped.charAt(i - 1)) >= 0))) {
        return OptionalDouble.empty();
      }
    }
    if (digits == 0 || stripped.length() > 64) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(sign == '.' ? stripped : stripped.replace(sign, '.'));
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }
}
