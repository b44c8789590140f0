package fr.vigie.example.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link PinTrial} said on the board's console. */
public record Tried(Map<String, String> words, Map<String, Pulses> pulses) {
  private static final Pattern TRIAL = Pattern.compile("TRIAL ([^:]+): (.*)");
  private static final Pattern COUNTED =
      Pattern.compile(
          "(\\d+) made, (\\d+) counted, (\\d+) edges declared lost, (\\d+) edges read.*");

  /**
   * A train of pulses.
   *
   * @param lost edges that were declared lost
   * @param edges that were read
   */
  public record Pulses(long made, long counted, long lost, long edges) {}

  /** The job for {@link VirtualBoard#load}: tries everything as a user who is in the group. */
  public static String job() {
    return """
    chgrp audio /dev/kmsg && chmod 660 /dev/kmsg
    exec su agent -c "java @/host/jvm.options -Dvigie.native=/host/native \\
      -cp '/host/vigie-agent.jar:/host/lib/*:/host/drivers/*' %s"
    """
        .formatted(PinTrial.class.getName());
  }

  public static Tried read(Path console) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, Pulses> pulses = new LinkedHashMap<>();
    for (String line : Files.readAllLines(console)) {
      Matcher trial = TRIAL.matcher(line);
      if (trial.find()) {
        words.put(trial.group(1), trial.group(2));
        Matcher counted = COUNTED.matcher(trial.group(2));
        if (counted.matches()) {
          pulses.put(
              trial.group(1),
              new Pulses(
                  Long.parseLong(counted.group(1)),
                  Long.parseLong(counted.group(2)),
                  Long.parseLong(counted.group(3)),
                  Long.parseLong(counted.group(4))));
        }
      }
    }
    return new Tried(words, pulses);
  }
}
