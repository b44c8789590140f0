package fr.vigie.server.plant;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.server.settings.VigieSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The machines of a site and its calendar, kept in {@code plant.db}. Safe for use by several
 * threads; a read sees every change that returned before it.
 */
@Component
public class Plant {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final PlantDatabase database;
  private final InstantSource clock;
  private final String site;
  private final JsonMapper json = JsonMapper.builder().build();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile State state;

  public Plant(PlantDatabase database, VigieSettings settings, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.site = settings.site();
    this.state = load();
  }

  private record Definition(Machine machine, Map<String, Object> tree) {}

  private record State(
      SortedMap<String, Definition> machines, ShiftCalendar calendar, Map<String, Object> site) {}

  /** The name of the site. */
  public String site() {
    return site;
  }

  /** By name. */
  public List<Machine> machines() {
    return state.machines.values().stream().map(Definition::machine).toList();
  }

  public Optional<Machine> machine(String name) {
    return Optional.ofNullable(state.machines.get(name)).map(Definition::machine);
  }

  /** What was given for a machine. */
  public Optional<Map<String, Object>> tree(String name) {
    return Optional.ofNullable(state.machines.get(name)).map(Definition::tree);
  }

  public ShiftCalendar calendar() {
    return state.calendar;
  }

  /** What was given for the site, or what holds until then. */
  public Map<String, Object> siteTree() {
    return state.site;
  }

  /**
   * Adds a machine, or changes it.
   *
   * @return whether it is new
   * @throws MistakesFound when the tree is wrong; nothing has changed then
   */
  public synchronized boolean put(String name, Map<String, Object> tree) {
    Machine machine = MachineTree.read(name, site, state.calendar, 1, tree);
    String now = clock.instant().toString();
    String definition = json.writeValueAsString(tree);
    boolean fresh = !state.machines.containsKey(name);
    database.together(
        () -> {
          long version =
              database
                  .client()
                  .sql("SELECT coalesce(max(version), 0) + 1 FROM machine_history WHERE name = ?")
                  .param(name)
                  .query(Long.class)
                  .single();
          database
              .client()
              .sql("INSERT OR REPLACE INTO machine VALUES (?, ?, ?, ?, ?, ?, ?)")
              .params(
                  name, machine.site(), machine.line(), machine.label(), definition, version, now)
              .update();
          database
              .client()
              .sql("INSERT INTO machine_history VALUES (?, ?, ?, ?)")
              .params(name, version, definition, now)
              .update();
        });
    changed();
    return fresh;
  }

  /**
   * Forgets a machine's description; its samples stay.
   *
   * @return whether there was one
   */
  public synchronized boolean remove(String name) {
    int removed = database.client().sql("DELETE FROM machine WHERE name = ?").param(name).update();
    changed();
    return removed > 0;
  }

  /**
   * Changes the site's calendar.
   *
   * @throws MistakesFound when the tree is wrong; nothing has changed then
   */
  public synchronized void putSite(Map<String, Object> tree) {
    CalendarTree.read(tree);
    database
        .client()
        .sql("INSERT OR REPLACE INTO site VALUES (?, ?, ?)")
        .params(site, json.writeValueAsString(tree), clock.instant().toString())
        .update();
    changed();
  }

  /** Calls {@code listener} after each change, on the thread that made it. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    state = load();
    listeners.forEach(Runnable::run);
  }

  private State load() {
    Map<String, Object> siteTree =
        database
            .client()
            .sql("SELECT definition FROM site WHERE name = ?")
            .param(site)
            .query(String.class)
            .optional()
            .map(text -> json.readValue(text, TREE))
            .orElseGet(CalendarTree::threeShifts);
    ShiftCalendar calendar = CalendarTree.read(siteTree);
    SortedMap<String, Definition> machines = new TreeMap<>();
    List<Definition> found = new ArrayList<>();
    database
        .client()
        .sql("SELECT name, site, version, definition FROM machine")
        .query(
            row -> {
              Map<String, Object> tree = json.readValue(row.getString("definition"), TREE);
              found.add(
                  new Definition(
                      MachineTree.read(
                          row.getString("name"),
                          row.getString("site"),
                          calendar,
                          row.getLong("version"),
                          tree),
                      Collections.unmodifiableMap(tree)));
            });
    found.forEach(definition -> machines.put(definition.machine().name(), definition));
    return new State(
        Collections.unmodifiableSortedMap(machines),
        calendar,
        Collections.unmodifiableMap(siteTree));
  }
}
