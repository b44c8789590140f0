package fr.vigie.example.installation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started beyond its own options.
 *
 * @param before a command that ends by running the rest of its line, such as {@code ip netns exec}
 * @param flags further flags of its JVM
 * @param environment further variables
 */
public record Launch(List<String> before, List<String> flags, Map<String, String> environment) {
  public static final Launch PLAIN = new Launch(List.of(), List.of(), Map.of());

  public Launch {
    before = List.copyOf(before);
    flags = List.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  public Launch within(String... command) {
    List<String> longer = new ArrayList<>(before);
    longer.addAll(List.of(command));
    return new Launch(longer, flags, environment);
  }

  public Launch flag(String flag) {
    List<String> longer = new ArrayList<>(flags);
    longer.add(flag);
    return new Launch(before, longer, environment);
  }

  public Launch with(String variable, String value) {
    Map<String, String> larger = new HashMap<>(environment);
    larger.put(variable, value);
    return new Launch(before, flags, larger);
  }
}
