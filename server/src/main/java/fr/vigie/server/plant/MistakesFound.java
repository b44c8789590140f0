package fr.vigie.server.plant;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused, for all of these mistakes at once. */
public final class MistakesFound extends RuntimeException {
  private final transient List<Mistake> mistakes;

  public MistakesFound(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
