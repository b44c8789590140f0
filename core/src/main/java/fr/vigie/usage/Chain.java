package fr.vigie.usage;

import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The entries of a contract, each of which holds the hash of the one before: what is changed,
 * dropped, put in or put elsewhere later is found. Whoever can write all of the chain can write
 * another one; that is found by its last hash, which the customer has on paper.
 *
 * @param entries in their order
 */
public record Chain(Contract contract, List<Entry> entries) {
  /** What is wrong at an entry. */
  public enum Fault {
    /** Its contents are not those of its hash. */
    CHANGED,
    /** It does not stand on the entry before: one was dropped, put in or moved. */
    BROKEN,
    /**
     * It corrects what is not there, or reads a span that was read before or is not the contract's.
     */
    MISPLACED,
    /** The chain does not hold the hash that it is said to have: it ends early or is another. */
    OTHER_END
  }

  /**
   * @param row place of the entry, from 1 on; one more than there are for the end
   */
  public record Finding(int row, Fault fault) {}

  public Chain {
    entries = List.copyOf(entries);
  }

  /** The hash of the last entry, or of the contract when there is none. */
  public String head() {
    return entries.isEmpty() ? contract.root() : last().hash();
  }

  private Entry last() {
    return entries.get(entries.size() - 1);
  }

  /**
   * The chain with a span read once more: nothing new when the same was read before, a correction
   * when something else was.
   *
   * @param why of a correction
   * @throws IllegalArgumentException when the span is not the contract's or overlaps another one
   */
  public Chain read(Span span, Quantities quantities, Instant now, String why) {
    Optional<Entry> known = inForce().stream().filter(it -> it.span().equals(span)).findFirst();
    if (known.isPresent() && known.get().quantities().equals(quantities)) {
      return this;
    }
    OptionalLong corrects =
        known.isPresent() ? OptionalLong.of(known.get().sequence()) : OptionalLong.empty();
    Entry next =
        Entry.linked(
            contract,
            entries.size() + 1L,
            now,
            span,
            corrects,
            known.isPresent() ? why : "",
            quantities,
            head());
    if (!fits(next, entries)) {
      throw new IllegalArgumentException("not a span of the contract, or read in part: " + span);
    }
    List<Entry> longer = new ArrayList<>(entries);
    longer.add(next);
    return new Chain(contract, longer);
  }

  /** The newest reading of each span, in order of time. */
  public List<Entry> inForce() {
    return inForce(entries);
  }

  private static List<Entry> inForce(List<Entry> entries) {
    Map<Instant, Entry> newest = new TreeMap<>();
    entries.forEach(entry -> newest.put(entry.span().start(), entry));
    return List.copyOf(newest.values());
  }

  /** The sum of all that is in force. */
  public Quantities total() {
    return inForce().stream().map(Entry::quantities).reduce(Quantities.NOTHING, Quantities::plus);
  }

  /** Everything that is wrong; nothing when it is as it was written. */
  public List<Finding> verify() {
    List<Finding> findings = new ArrayList<>();
    String previous = contract.root();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (!entry.hash().equals(entry.computed(contract))) {
        findings.add(new Finding(i + 1, Fault.CHANGED));
      }
      if (!entry.previous().equals(previous) || entry.sequence() != i + 1) {
        findings.add(new Finding(i + 1, Fault.BROKEN));
      }
      if (!fits(entry, entries.subList(0, i))) {
        findings.add(new Finding(i + 1, Fault.MISPLACED));
      }
      previous = entry.hash();
    }
    return findings;
  }

  /**
   * {@link #verify()}, against a hash that was handed out when the chain was as long or shorter.
   *
   * @param seen such a hash
   */
  public List<Finding> verify(String seen) {
    List<Finding> findings = new ArrayList<>(verify());
    boolean held =
        contract.root().equals(seen) || entries.stream().anyMatch(it -> it.hash().equals(seen));
    if (!held) {
      findings.add(new Finding(entries.size() + 1, Fault.OTHER_END));
    }
    return findings;
  }

  private boolean fits(Entry entry, List<Entry> before) {
    Span span = entry.span();
    boolean inside =
        !span.isEmpty()
            && !span.start().isBefore(contract.period().start())
            && !span.end().isAfter(contract.period().end());
    List<Entry> touched =
        inForce(before).stream().filter(it -> it.span().overlap(span).isPresent()).toList();
    if (entry.corrects().isEmpty()) {
      return inside && touched.isEmpty();
    }
    return inside
        && touched.size() == 1
        && touched.get(0).span().equals(span)
        && touched.get(0).sequence() == entry.corrects().getAsLong();
  }
}
