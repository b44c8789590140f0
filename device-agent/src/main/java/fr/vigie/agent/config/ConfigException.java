package fr.vigie.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with every mistake in it. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  ConfigException(Path file, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.inFile(file.getFileName().toString()))
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /**
   * One mistake.
   *
   * @param line from 1; 0 when it concerns the whole file
   * @param key the path to it, such as {@code sensors.press.port}; empty for the whole file
   */
  public record Problem(int line, String key, String found, String wanted) {
    String inFile(String name) {
      return place(name)
          + "  "
          + (key.isEmpty() ? "" : key + ": ")
          + "found "
          + found
          + ", wanted "
          + wanted;
    }

    /** What was found, for the file that names the one with the mistake. */
    String inFound(String name) {
      return place(name) + ' ' + (key.isEmpty() ? "" : key + ' ') + found;
    }

    private String place(String name) {
      return line > 0 ? name + ':' + line : name;
    }
  }
}
