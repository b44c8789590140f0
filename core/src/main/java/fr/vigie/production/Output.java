package fr.vigie.production;

import java.time.Duration;
import java.util.List;

/**
 * What a machine made.
 *
 * @param parts parts made, NPR
 * @param rejects those of them that were not good the first time
 * @param net time that all parts take at their reference cycle, tN
 * @param useful time that the good parts take at their reference cycle, tU
 * @param startUp time that the parts scrapped at start-up take at theirs
 * @param known what of this is known
 */
public record Output(
    long parts, Rejects rejects, Duration net, Duration useful, Duration startUp, Known known) {
  /** Nothing made, and all of it known. */
  public static final Output NOTHING = untimed(0, Rejects.NONE, Known.TIMES);

  /** Parts are not counted on this machine. */
  public static final Output UNCOUNTED = untimed(0, Rejects.NONE, Known.NOTHING);

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
  public record Product(long parts, Rejects rejects, Tcr tcr) {}

  /** Sums the times of each product at its own reference cycle, never at a mean one. */
  public static Output of(List<Product> products) {
    return products.stream().map(Output::of).reduce(NOTHING, Output::plus);
  }

  public static Output of(Product product) {
    Tcr tcr = product.tcr();
    Rejects rejects = product.rejects();
    return new Output(
        product.parts(),
        rejects,
        tcr.forParts(product.parts()),
        tcr.forParts(product.parts() - rejects.all()),
        tcr.forParts(rejects.startUp()),
        Known.TIMES);
  }

  /** Parts whose reference cycle is not known. */
  public static Output untimed(long parts, Rejects rejects) {
    return untimed(parts, rejects, Known.PARTS);
  }

  private static Output untimed(long parts, Rejects rejects, Known known) {
    return new Output(parts, rejects, Duration.ZERO, Duration.ZERO, Duration.ZERO, known);
  }

  /** Parts good the first time, NPB; negative when more rejects were declared than were made. */
  public long good() {
    return parts - rejects.all();
  }

  boolean isNothing() {
    return parts == 0 && rejects.equals(Rejects.NONE);
  }

  /** Both together; known as little as the lesser known of the two. */
  public Output plus(Output other) {
    return new Output(
        parts + other.parts,
        rejects.plus(other.rejects),
        net.plus(other.net),
        useful.plus(other.useful),
        startUp.plus(other.startUp),
        known.compareTo(other.known) < 0 ? known : other.known);
  }
}
