package fr.vigie.server.live;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.diagnosis.Snapshot;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The latest snapshot of every machine. A machine that something arrived for is looked at again at
 * once, unless it just was; every machine is looked at now and then, for time passes. {@link #step}
 * is called by one thread, the rest by any.
 */
@Component
public class LiveBoard {
  /** With the pause of the rounds and the look itself, what arrived is shown within a second. */
  static final Duration AT_MOST_EVERY = Duration.ofMillis(800);

  static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(LiveBoard.class);

  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Presence presence;
  private final Arrivals arrivals;
  private final InstantSource clock;
  private final Map<String, Snapshot> latest = new ConcurrentHashMap<>();
  private final Map<String, Optional<Link>> links = new HashMap<>();
  private final Map<String, Instant> looked = new HashMap<>();
  private final Map<String, Exception> troubles = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public LiveBoard(
      Plant plant, Diagnosis diagnosis, Presence presence, Arrivals arrivals, InstantSource clock) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.presence = presence;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  private record Link(String agent, boolean online, boolean current) {
    static Link of(Presence.Watcher watcher) {
      return new Link(watcher.agent(), watcher.online(), watcher.current());
    }
  }

  /** Hears of changes, on the board's thread: it must return at once. */
  public interface Listener {
    void changed(Snapshot snapshot);
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Looks at a machine again soon, for something was said about it. */
  public void about(String machine) {
    arrivals.about(machine);
  }

  /** The latest snapshot of a machine; made now when there is none of its present description. */
  public Optional<Snapshot> of(Machine machine) {
    Snapshot known = latest.get(machine.name());
    return known != null && known.machine().equals(machine) ? Optional.of(known) : look(machine);
  }

  /** Of every machine that can be read. */
  public List<Snapshot> all() {
    return plant.machines().stream().map(this::of).flatMap(Optional::stream).toList();
  }

  /** Why a machine cannot be read; empty when it can, or was not looked at yet. */
  public Optional<Exception> trouble(Machine machine) {
    return Optional.ofNullable(troubles.get(machine.name()));
  }

  /** Looks at each machine whose time has come. */
  void step() {
    Instant now = clock.instant();
    List<Machine> machines = plant.machines();
    for (Machine machine : machines) {
      String name = machine.name();
      Instant last = looked.getOrDefault(name, Instant.MIN);
      boolean first = last.equals(Instant.MIN) || now.isBefore(last);
      boolean soon = !first && now.isBefore(last.plus(AT_MOST_EVERY));
      boolean late = first || !now.isBefore(last.plus(AT_LEAST_EVERY));
      if (!soon && (late || linkChanged(machine) || arrivals.has(name))) {
        looked.put(name, now);
        arrivals.take(name);
        Optional<Snapshot> before = Optional.ofNullable(latest.get(name));
        look(machine).filter(snapshot -> isNews(before, snapshot)).ifPresent(this::tell);
      }
    }
    List<String> names = machines.stream().map(Machine::name).toList();
    latest.keySet().retainAll(names);
    looked.keySet().retainAll(names);
    troubles.keySet().retainAll(names);
    links.keySet().retainAll(names);
    arrivals.keepOnly(names);
  }

  private boolean linkChanged(Machine machine) {
    Optional<Link> link = presence.watcher(machine).map(Link::of);
    Optional<Link> before = links.put(machine.name(), link);
    return before != null && !before.equals(link);
  }

  private void tell(Snapshot snapshot) {
    listeners.forEach(listener -> listener.changed(snapshot));
  }

  private Optional<Snapshot> look(Machine machine) {
    try {
      Snapshot snapshot = diagnosis.now(machine);
      latest.put(machine.name(), snapshot);
      troubles.remove(machine.name());
      return Optional.of(snapshot);
    } catch (IOException | IllegalArgumentException e) {
      Optional<Exception> before = Optional.ofNullable(troubles.put(machine.name(), e));
      String trouble = String.valueOf(e.getMessage());
      if (!before.map(it -> String.valueOf(it.getMessage())).equals(Optional.of(trouble))) {
        LOG.warn("machine {} cannot be shown: {}", machine.name(), trouble);
      }
      if (e instanceof IllegalArgumentException) {
        latest.remove(machine.name());
      }
      return Optional.empty();
    }
  }

  private static boolean isNews(Optional<Snapshot> before, Snapshot now) {
    return before
        .map(
            old ->
                !old.doing().equals(now.doing())
                    || !old.pace().equals(now.pace())
                    || !old.shift().equals(now.shift())
                    || !old.figures().counted().equals(now.figures().counted())
                    || !old.figures().timeTree().equals(now.figures().timeTree()))
        .orElse(true);
  }
}
