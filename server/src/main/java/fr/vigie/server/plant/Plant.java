package fr.vigie.server.plant;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.reason.DefaultReasons;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.settings.VigieSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
      SortedMap<String, Definition> machines, SiteRules rules, Map<String, Object> site) {}

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

  /** How a machine was described over time. */
  public Conditions conditions(String name) {
    return new Conditions(
        database
            .client()
            .sql(
                "SELECT definition, changed_at FROM machine_history WHERE name = ? ORDER BY version")
            .param(name)
            .query(
                (row, number) ->
                    new Conditions.Description(
                        Instant.parse(row.getString("changed_at")),
                        json.readValue(row.getString("definition"), TREE)))
            .list());
  }

  public ShiftCalendar calendar() {
    return state.rules.calendar();
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
    Machine machine = MachineTree.read(name, site, state.rules, 1, tree);
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
    SiteTree.read(tree);
    database
        .client()
        .sql("INSERT OR REPLACE INTO site VALUES (?, ?, ?)")
        .params(site, json.writeValueAsString(tree), clock.instant().toString())
        .update();
    changed();
  }

  /** What people of the site choose from when a machine stood. */
  public ReasonTree reasons() {
    return state.rules.reasons();
  }

  /** {@link #reasons} as {@link #putReasons} takes it. */
  public Map<String, Object> reasonsTree() {
    return ReasonsTree.write(state.rules.reasons());
  }

  /**
   * Changes the tree of reasons. Codes that stops or rules name must stay in it.
   *
   * @throws MistakesFound when the tree is wrong; nothing has changed then
   */
  public synchronized void putReasons(Map<String, Object> tree) {
    database.together(
        () -> {
          ReasonTree reasons = ReasonsTree.read(tree, reasonsInUse());
          database
              .client()
              .sql(
                  "INSERT INTO reason_tree SELECT ?, coalesce(max(version), 0) + 1, ?, ?"
                      + " FROM reason_tree WHERE site = ?")
              .params(
                  site,
                  json.writeValueAsString(ReasonsTree.write(reasons)),
                  clock.instant().toString(),
                  site)
              .update();
        });
    changed();
  }

  /** Does something with the tree of reasons, which does not change meanwhile. */
  synchronized <T> T withReasons(Function<ReasonTree, T> work) {
    return work.apply(state.rules.reasons());
  }

  private Set<String> reasonsInUse() {
    Set<String> used =
        new HashSet<>(
            database
                .client()
                .sql("SELECT DISTINCT reason FROM reason_entry WHERE reason IS NOT NULL")
                .query(String.class)
                .list());
    machines().stream()
        .flatMap(machine -> machine.rules().reasons().stream())
        .forEach(rule -> used.add(rule.code()));
    return used;
  }

  /** Calls {@code listener} after each change, on the thread that made it. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    state = load();
    listeners.forEach(Runnable::run);
  }

  private ReasonTree loadReasons() {
    return database
        .client()
        .sql("SELECT definition FROM reason_tree WHERE site = ? ORDER BY version DESC LIMIT 1")
        .param(site)
        .query(String.class)
        .optional()
        .map(text -> ReasonsTree.read(json.readValue(text, TREE), Set.of()))
        .orElseGet(DefaultReasons::tree);
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
    SiteRules rules = SiteTree.read(siteTree).with(loadReasons());
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
                          rules,
                          row.getLong("version"),
                          tree),
                      Collections.unmodifiableMap(tree)));
            });
    found.forEach(definition -> machines.put(definition.machine().name(), definition));
    return new State(
        Collections.unmodifiableSortedMap(machines), rules, Collections.unmodifiableMap(siteTree));
  }
}
