package fr.vigie.server.explain;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One figure of the catalogue. What it is made of is said first, what else is to be known of it
 * with the methods that return another one.
 *
 * @param name as in an address
 * @param evidence where to look at what it was measured from
 * @param needs in the order in which a reader is told of them
 * @param signal the watched one that it is read from, if it is
 */
record Entry(
    String name,
    Title title,
    Formula formula,
    List<Evidence> evidence,
    List<Need> needs,
    Optional<String> signal,
    Value value) {
  static final String SEPARATOR = " – ";

  /** What a figure is called. */
  interface Title {
    /**
     * @param words finds a text of the reader's language by its key
     */
    String in(UnaryOperator<String> words);
  }

  /**
   * @param text in the terms of its source; empty for what is measured, planned or set
   * @param source the standard that defines it; may be empty
   * @param inputs names of other entries, in the order that the operation takes them
   */
  record Formula(String text, String source, Operation operation, List<String> inputs) {
    Formula {
      inputs = List.copyOf(inputs);
    }
  }

  Entry {
    evidence = List.copyOf(evidence);
    needs = List.copyOf(needs);
  }

  static Entry quotient(String name, String over, String under, Value value) {
    return made(name, Operation.QUOTIENT, List.of(over, under), value);
  }

  static Entry product(String name, String one, String other, Value value) {
    return made(name, Operation.PRODUCT, List.of(one, other), value);
  }

  static Entry sum(String name, List<String> inputs, Value value) {
    return made(name, Operation.SUM, inputs, value);
  }

  static Entry difference(String name, List<String> inputs, Value value) {
    return made(name, Operation.DIFFERENCE, inputs, value);
  }

  static Entry rank(String name, List<String> inputs, Value value) {
    return made(name, Operation.RANK, inputs, value);
  }

  static Entry bound(String name, String input, Value value) {
    return made(name, Operation.BOUND, List.of(input), value);
  }

  static Entry measured(String name, Value value, Evidence... evidence) {
    return found(name, Operation.MEASURED, value, evidence);
  }

  static Entry planned(String name, Value value) {
    return found(name, Operation.PLANNED, value, Evidence.CALENDAR, Evidence.ENTRIES);
  }

  static Entry set(String name, Value value, Evidence... where) {
    return found(name, Operation.SET, value, where);
  }

  private static Entry made(String name, Operation operation, List<String> inputs, Value value) {
    String text = inputs.stream().collect(joining(operation.sign(), name + " = ", ""));
    boolean written = !operation.sign().isEmpty();
    return of(name, new Formula(written ? text : "", "", operation, inputs), value);
  }

  private static Entry found(String name, Operation operation, Value value, Evidence... evidence) {
    return of(name, new Formula("", "", operation, List.of()), value, evidence);
  }

  private static Entry of(String name, Formula formula, Value value, Evidence... evidence) {
    return new Entry(
        name,
        words -> words.apply(name),
        formula,
        List.of(evidence),
        List.of(),
        Optional.empty(),
        value);
  }

  Entry from(String source) {
    return with(new Formula(formula.text(), source, formula.operation(), formula.inputs()));
  }

  Entry written(String text) {
    return with(new Formula(text, formula.source(), formula.operation(), formula.inputs()));
  }

  private Entry with(Formula other) {
    return new Entry(name, title, other, evidence, needs, signal, value);
  }

  Entry needing(Need... more) {
    List<Need> all = Stream.concat(needs.stream(), Stream.of(more)).distinct().sorted().toList();
    return new Entry(name, title, formula, evidence, all, signal, value);
  }

  Entry titled(Title other) {
    return new Entry(name, other, formula, evidence, needs, signal, value);
  }

  Entry readFrom(String watched) {
    return new Entry(name, title, formula, evidence, needs, Optional.of(watched), value);
  }

  /** What it costs: this times a price. */
  Entry cost(String price, Need known, Value money) {
    return product("cost-" + name, name, price, money)
        .titled(words -> words.apply("cost") + SEPARATOR + title.in(words))
        .needing(needs.toArray(Need[]::new))
        .needing(known);
  }

  /** The same of one product alone, and so of all its inputs. */
  Entry of(String product) {
    String suffix = '@' + product;
    Formula own =
        new Formula(
            formula.text(),
            formula.source(),
            formula.operation(),
            formula.inputs().stream().map(input -> input + suffix).toList());
    Title both = words -> title.in(words) + (product.isEmpty() ? "" : SEPARATOR + product);
    return new Entry(name + suffix, both, own, evidence, needs, signal, value);
  }
}
