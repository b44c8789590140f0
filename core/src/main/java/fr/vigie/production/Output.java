package fr.vigie.production;

import java.time.Duration;
import java.util.List;

/**
 * What a machine made.
 *
 * @param parts parts made, NPR
 * @param good parts good the first time, NPB; negative when more scrap was declared than was made
 * @param net time that all parts take at their reference cycle, tN
 * @param useful time that the good parts take at their reference cycle, tU
 * @param known what of this is known
 */
public record Output(long parts, long good, Duration net, Duration useful, Known known) {
  /** Nothing made, and all of it known. */
  public static final Output NOTHING = new Output(0, 0, Duration.ZERO, Duration.ZERO, Known.TIMES);

  /** Parts are not counted on this machine. */
  public static final Output UNCOUNTED =
      new Output(0, 0, Duration.ZERO, Duration.ZERO, Known.NOTHING);

  /** How much is known of an output; in growing order. */
  public enum Known {
    /** Nothing: parts are not counted. */
    NOTHING,
    /** Parts, and not their times: a reference cycle is missing. */
    PARTS,
    /** Parts and their times at the reference cycle. */
    TIMES
  }

  /** Parts of one product. */
  public record Product(long parts, long good, Tcr tcr) {}

  /** Sums the times of each product at its own reference cycle, never at a mean one. */
  public static Output of(List<Product> products) {
    Output sum = NOTHING;
    for (Product product : products) {
      Tcr tcr = product.tcr();
      sum =
          sum.plus(
              new Output(
                  product.parts(),
                  product.good(),
                  tcr.forParts(product.parts()),
                  tcr.forParts(product.good()),
                  Known.TIMES));
    }
    return sum;
  }

  /** Parts whose reference cycle is not known. */
  public static Output untimed(long parts, long good) {
    return new Output(parts, good, Duration.ZERO, Duration.ZERO, Known.PARTS);
  }

  /** Both together; known as little as the lesser known of the two. */
  public Output plus(Output other) {
    return new Output(
        parts + other.parts,
        good + other.good,
        net.plus(other.net),
        useful.plus(other.useful),
        known.compareTo(other.known) < 0 ? known : other.known);
  }
}
