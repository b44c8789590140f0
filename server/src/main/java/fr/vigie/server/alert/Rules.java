package fr.vigie.server.alert;

import fr.vigie.server.delivery.Carriers;
import fr.vigie.server.plant.PlantDatabase;
import fr.vigie.time.Nanos;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rules in {@code plant.db}. Safe for use by several threads. */
@Component
public class Rules {
  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final PlantDatabase database;
  private final Carriers carriers;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();
  private volatile List<Stored> all;

  private record Stored(Rule rule, Map<String, Object> tree, String text) {}

  public Rules(PlantDatabase database, Carriers carriers, InstantSource clock) {
    this.database = database;
    this.carriers = carriers;
    this.clock = clock;
    this.all = load();
    Set<String> unknown = new TreeSet<>();
    all.forEach(it -> unknown.addAll(it.rule().to()));
    unknown.removeAll(carriers.names());
    if (!unknown.isEmpty()) {
      LOG.warn(
          "alert rules name recipients that the settings vigie.alerts.to do not: {}; what goes to"
              + " them waits, and is given up in the end",
          String.join(", ", unknown));
    }
  }

  List<Rule> rules() {
    return all.stream().map(Stored::rule).toList();
  }

  /** What was given. */
  public Map<String, Object> tree() {
    return Map.of("rules", all.stream().map(Stored::tree).toList());
  }

  /**
   * Sets all rules. One that stays as it was goes on where it is.
   *
   * @throws fr.vigie.server.plant.MistakesFound when the tree is wrong; nothing has changed then
   */
  public synchronized void put(Map<String, Object> tree) {
    Instant now = clock.instant();
    List<Rule> rules = RuleTree.read(tree, carriers.names(), now);
    List<?> trees = (List<?>) tree.getOrDefault("rules", List.of());
    database.together(
        () -> {
          database.client().sql("DELETE FROM alert_rule").update();
          for (int i = 0; i < rules.size(); i++) {
            String name = rules.get(i).name();
            String text = json.writeValueAsString(trees.get(i));
            Instant since =
                all.stream()
                    .filter(it -> it.rule().name().equals(name) && it.text().equals(text))
                    .map(it -> it.rule().since())
                    .findFirst()
                    .orElse(now);
            database
                .client()
                .sql("INSERT INTO alert_rule VALUES (?, ?, ?, ?)")
                .params(name, i, text, Nanos.of(since))
                .update();
          }
        });
    all = load();
  }

  private List<Stored> load() {
    List<Stored> found = new ArrayList<>();
    database
        .client()
        .sql("SELECT definition, since FROM alert_rule ORDER BY position")
        .query(
            row -> {
              String text = row.getString("definition");
              Map<String, Object> tree = json.readValue(text, TREE);
              Object to = tree.getOrDefault("to", List.of());
              Set<String> recipients = new TreeSet<>(carriers.names());
              ((List<?>) to).forEach(name -> recipients.add(String.valueOf(name)));
              found.add(
                  new Stored(
                      RuleTree.read(
                              Map.of("rules", List.of(tree)),
                              recipients,
                              Nanos.instant(row.getLong("since")))
                          .get(0),
                      tree,
                      text));
            });
    return List.copyOf(found);
  }
}
