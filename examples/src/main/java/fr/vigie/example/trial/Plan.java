package fr.vigie.example.trial;

import fr.vigie.example.installation.Launch;
import fr.vigie.example.installation.Server;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * How a trial is laid out.
 *
 * @param server how the server is started
 * @param broker the broker's address as the agent is told it; empty for the server's own
 * @param serverData the server's data folder
 * @param agentData the agent's data folder
 * @param keys further lines of the agent's configuration
 * @param agent how the agent is started
 * @param cabled whether a {@link fr.vigie.example.terminal.Cable} leads from each machine to the
 *     agent
 * @param pace nanoseconds of the machines' own time, which only grow
 */
public record Plan(
    Server.Settings server,
    String broker,
    Path serverData,
    Path agentData,
    String keys,
    Launch agent,
    boolean cabled,
    LongSupplier pace) {
  /** Everything in one folder, any free ports, the server's own broker. */
  public static Plan in(Path folder) {
    return new Plan(
        new Server.Settings(Trial.SITE, 0, 0, "embedded"),
        "",
        folder.resolve("server"),
        folder.resolve("agent"),
        "",
        Launch.PLAIN,
        false,
        System::nanoTime);
  }

  public Plan server(Server.Settings settings) {
    return new Plan(settings, broker, serverData, agentData, keys, agent, cabled, pace);
  }

  public Plan broker(String address) {
    return new Plan(server, address, serverData, agentData, keys, agent, cabled, pace);
  }

  public Plan serverData(Path data) {
    return new Plan(server, broker, data, agentData, keys, agent, cabled, pace);
  }

  public Plan agentData(Path data) {
    return new Plan(server, broker, serverData, data, keys, agent, cabled, pace);
  }

  public Plan keys(String lines) {
    return new Plan(server, broker, serverData, agentData, lines, agent, cabled, pace);
  }

  public Plan agent(Launch launch) {
    return new Plan(server, broker, serverData, agentData, keys, launch, cabled, pace);
  }

  public Plan withCables() {
    return new Plan(server, broker, serverData, agentData, keys, agent, true, pace);
  }

  public Plan pace(LongSupplier nanos) {
    return new Plan(server, broker, serverData, agentData, keys, agent, cabled, nanos);
  }
}
