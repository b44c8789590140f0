package fr.vigie.server.plant;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The actions that were registered, each for ever as it was written down. Safe for use by several
 * threads.
 */
@Component
public class ActionBook {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final String ROWS = "SELECT id, definition, registered_at FROM action ";

  private final JsonMapper json = JsonMapper.builder().build();
  private final PlantDatabase database;
  private final Plant plant;
  private final InstantSource clock;

  ActionBook(PlantDatabase database, Plant plant, InstantSource clock) {
    this.database = database;
    this.plant = plant;
    this.clock = clock;
  }

  /**
   * Registers an action, now.
   *
   * @return as it was registered
   * @throws MistakesFound when the tree is wrong; nothing is registered then
   */
  public Registered register(Map<String, Object> tree) {
    Instant now = clock.instant();
    String machine =
        ActionTree.read(0, tree, now, name -> plant.machine(name).isPresent()).action().machine();
    long id =
        database
            .client()
            .sql(
                "INSERT INTO action (machine, definition, registered_at) VALUES (?, ?, ?)"
                    + " RETURNING id")
            .params(machine, json.writeValueAsString(tree), now.toString())
            .query(Long.class)
            .single();
    return find(id).orElseThrow();
  }

  /** The newest first; of one machine, or of all. */
  public List<Registered> list(Optional<String> machine) {
    JdbcClient.StatementSpec query =
        machine.isPresent()
            ? database
                .client()
                .sql(ROWS + "WHERE machine = ? ORDER BY id DESC")
                .param(machine.get())
            : database.client().sql(ROWS + "ORDER BY id DESC");
    return read(query);
  }

  public Optional<Registered> find(long id) {
    return read(database.client().sql(ROWS + "WHERE id = ?").param(id)).stream().findFirst();
  }

  private List<Registered> read(JdbcClient.StatementSpec query) {
    return query
        .query(
            (row, number) ->
                ActionTree.read(
                    row.getLong("id"),
                    json.readValue(row.getString("definition"), TREE),
                    Instant.parse(row.getString("registered_at")),
                    name -> true))
        .list();
  }
}
