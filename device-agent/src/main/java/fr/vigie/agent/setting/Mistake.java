package fr.vigie.agent.setting;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of a configuration that its record refuses. A record throws it from its constructor; the
 * reader of the file adds the line.
 */
public final class Mistake extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String key;
  private final String found;
  private final String wanted;
  private final transient List<Mistake> all;

  /**
   * @param key as written in the file, relative to the record
   */
  public Mistake(String key, String found, String wanted) {
    super(key + ": found " + found + ", wanted " + wanted);
    this.key = key;
    this.found = found;
    this.wanted = wanted;
    this.all = List.of();
  }

  Mistake(List<Mistake> all) {
    super(all.stream().map(Mistake::getMessage).collect(Collectors.joining("; ")));
    this.key = all.get(0).key;
    this.found = all.get(0).found;
    this.wanted = all.get(0).wanted;
    this.all = List.copyOf(all);
  }

  /** Every mistake that this one stands for, itself included. */
  public List<Mistake> all() {
    return all.isEmpty() ? List.of(this) : all;
  }

  public String key() {
    return key;
  }

  public String found() {
    return found;
  }

  public String wanted() {
    return wanted;
  }
}
