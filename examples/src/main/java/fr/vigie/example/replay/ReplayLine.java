package fr.vigie.example.replay;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The line of JSON that answers a log: the server's figures, seconds rounded to milliseconds. */
final class ReplayLine {
  private static final JsonMapper JSON = new JsonMapper();

  private ReplayLine() {}

  /**
   * @param log the log's file name
   * @param figures as the REST API gives them
   */
  static String of(String log, JsonNode figures) {
    ObjectNode line = JSON.createObjectNode();
    line.put("log", log);
    ObjectNode states = line.putObject("states");
    for (Map.Entry<String, JsonNode> state : figures.path("states").properties()) {
      states.put(state.getKey(), rounded(state.getValue()));
    }
    line.put("parts", figures.path("parts").asLong(0));
    ArrayNode cycles = line.putArray("cycles");
    for (JsonNode cycle : figures.path("cycles")) {
      ObjectNode one = cycles.addObject();
      one.put("start", cycle.path("start").asString(""));
      one.put("end", cycle.path("end").asString(""));
      one.put("seconds", rounded(cycle.path("seconds")));
    }
    still(line, "stops", figures);
    still(line, "microStops", figures);
    line.put("unobservedSeconds", rounded(figures.path("unobservedSeconds")));
    for (String rate : new String[] {"DO", "TP", "TQ", "TRS"}) {
      JsonNode ratio = figures.path(rate).path("ratio");
      if (ratio.isNumber()) {
        line.put(rate, ratio.asDouble());
      } else {
        line.putNull(rate);
      }
    }
    return JSON.writeValueAsString(line);
  }

  private static void still(ObjectNode line, String key, JsonNode figures) {
    ObjectNode still = line.putObject(key);
    still.put("count", figures.path(key).path("count").asLong(0));
    still.put("seconds", rounded(figures.path(key).path("seconds")));
  }

  private static double rounded(JsonNode seconds) {
    return Math.round(seconds.asDouble(0) * 1000) / 1000.0;
  }
}
