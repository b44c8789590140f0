package fr.vigie.server.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Every mistake that was found in the configuration; the message has one line for each. */
public final class ConfigurationMistakes extends RuntimeException {
  private final transient List<Mistake> mistakes;

  public ConfigurationMistakes(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
