package fr.vigie.server.delivery;

import fr.vigie.server.settings.AlertSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The recipients of the settings, each with what brings messages there. */
@Component
public final class Carriers {
  private final Map<String, Carrier> carriers = new TreeMap<>();

  public Carriers(AlertSettings settings, InstantSource clock) {
    settings
        .to()
        .forEach(
            (name, target) ->
                carriers.put(
                    name,
                    target.isMail()
                        ? new Mail(settings.mail(), target.addresses())
                        : new Webhook(target, clock)));
  }

  /** By name. */
  public Set<String> names() {
    return Set.copyOf(carriers.keySet());
  }

  Optional<Carrier> of(String recipient) {
    return Optional.ofNullable(carriers.get(recipient));
  }
}
