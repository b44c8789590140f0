package fr.vigie.server.plant;

import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what the company says of itself. Safe for use by several threads. */
@Component
public final class CompanyBook {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final PlantDatabase database;
  private final Plant plant;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();

  CompanyBook(PlantDatabase database, Plant plant, InstantSource clock) {
    this.database = database;
    this.plant = plant;
    this.clock = clock;
  }

  public Company company() {
    return Company.read(tree(), plant.site());
  }

  /** What was given; empty until then. */
  public Map<String, Object> tree() {
    return database
        .client()
        .sql("SELECT definition FROM company")
        .query(String.class)
        .optional()
        .map(text -> json.readValue(text, TREE))
        .orElseGet(Map::of);
  }

  /**
   * @throws MistakesFound when the tree is wrong; nothing has changed then
   */
  public void put(Map<String, Object> tree) {
    Company.read(tree, plant.site());
    database
        .client()
        .sql("INSERT OR REPLACE INTO company VALUES (1, ?, ?)")
        .params(json.writeValueAsString(tree), clock.instant().toString())
        .update();
  }
}
