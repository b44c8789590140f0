package fr.vigie.bench;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs benchmarks by name. */
public final class BenchMain {
  private static final List<String> NAMES =
      List.of(
          "codec", "outbox", "production", "store", "diagnosis", "ingest", "modbus", "vibration");

  private static final String USAGE =
      """
      Usage: ./vigie bench NAME [ARGUMENTS], or ./vigie bench all

        codec                        bytes and time a sample, on the wire and in chunks
        outbox [FOLDER]              records a second
        outbox FOLDER open           time to open with 1 and 10 million records
        outbox FOLDER slow S STAT    bytes that reach the device at 20 records/s, for S seconds;
                                     STAT is the device's statistics, /sys/block/NAME/stat
        production                   states, stops and figures of 10 machines over 30 days
        diagnosis [MACHINES]         TRS shift by shift from the store, 1 day to 2 years
        diagnosis --peers [DAYS]     running time of every shift, beside InfluxDB and VictoriaMetrics
        store                        the embedded store, beside a plain SQLite table
        ingest [BATCHES [BROKER]]    from MQTT to the committed store
        ingest --peers [BATCHES]     the same in processes of their own, beside InfluxDB and
                                     VictoriaMetrics behind Mosquitto, by the line protocol
        ingest --overload [SECONDS]  twice what a server can take: losses and memory
        modbus [SECONDS [few|many]]  the whole agent reading registers and lines, beside a bare loop
        vibration                    all that is told of a burst of 153,000 samples

      What the figures mean: docs/reference/performance.md
      """;

  private BenchMain() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    if (arguments.length == 0 || Set.of("-h", "--help").contains(arguments[arguments.length - 1])) {
      System.out.print(USAGE);
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
