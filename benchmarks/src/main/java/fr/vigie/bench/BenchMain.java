package fr.vigie.bench;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs benchmarks by name. */
public final class BenchMain {
  private static final List<String> NAMES =
      List.of("codec", "outbox", "production", "store", "ingest");

  private BenchMain() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    if (arguments.length == 0 || arguments[0].startsWith("-")) {
      System.out.printf(
          "Usage: ./vigie bench NAME [OPTIONS], or ./vigie bench all%nNames: %s%n"
              + "Figures are explained in docs/reference/performance.md.%n",
          String.join(", ", NAMES));
      return;
    }
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    for (String name : arguments[0].equals("all") ? NAMES : List.of(arguments[0])) {
      if (!NAMES.contains(name)) {
        System.err.printf("no benchmark '%s'; there are: %s%n", name, String.join(", ", NAMES));
        System.exit(64);
      }
      System.out.printf("== %s%n", name);
      String type =
          "fr.vigie.bench."
              + name.substring(0, 1).toUpperCase(Locale.ROOT)
              + name.substring(1)
              + "Bench";
      try {
        Class.forName(type).getMethod("main", String[].class).invoke(null, (Object) rest);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(name + " failed", e.getCause());
      }
    }
  }
}
