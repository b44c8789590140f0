package fr.vigie.agent.health;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * How the agent does, as signals of a machine of its own name, so that the server keeps it and can
 * show it. They travel like any reading.
 */
public final class Vitals {
  /** Under which name among the sensors they stand in a birth. */
  public static final String SENSOR = "agent";

  private final Signal outboxBytes;
  private final Signal hoursLeft;
  private final Signal waiting;
  private final Signal losses;
  private final Signal attention;
  private final Signal serverAhead;

  public Vitals(String agent) {
    this.outboxBytes = new Signal(agent, "agent.outbox", Kind.GAUGE, "By");
    this.hoursLeft = new Signal(agent, "agent.outbox-left", Kind.GAUGE, "h");
    this.waiting = new Signal(agent, "agent.batches-waiting", Kind.GAUGE, "1");
    this.losses = new Signal(agent, "agent.losses", Kind.COUNTER, "1");
    this.attention = new Signal(agent, "agent.attention", Kind.GAUGE, "1");
    this.serverAhead = new Signal(agent, "agent.server-ahead", Kind.GAUGE, "s");
  }

  public List<Signal> describe() {
    return List.of(outboxBytes, hoursLeft, waiting, losses, attention, serverAhead);
  }

  /**
   * @param now stamps what is given
   */
  public void give(AgentStatus status, Instant now, BiConsumer<Signal, Sample> taker) {
    taker.accept(outboxBytes, Sample.good(now, status.fill().bytes()));
    status
        .fill()
        .hoursLeft()
        .ifPresent(
            hours -> taker.accept(hoursLeft, Sample.good(now, Math.round(hours * 10) / 10.0)));
    taker.accept(waiting, Sample.good(now, status.courier().waiting()));
    taker.accept(losses, Sample.good(now, status.courier().losses()));
    taker.accept(attention, Sample.good(now, status.attention().size()));
    status
        .clock()
        .server()
        .ifPresent(off -> taker.accept(serverAhead, Sample.good(now, off.toMillis() / 1e3)));
  }
}
