package fr.vigie.link;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Two lanes over one connection: what is live goes first, the backlog takes what the window leaves.
 * Not safe for use by several threads: the courier guards it.
 */
final class Sending {
  private final Backlog backlog;
  private final Function<Gap, byte[]> inWords;
  private final Lane live = new Lane(true);
  private final Lane late = new Lane(false);
  private final List<Lane> lanes = List.of(live, late);
  private final Window window = new Window();
  private long lastHeard;
  private long lastProgress;
  private boolean mayTellGaps;

  /**
   * @param inWords the batch that stands for a gap
   */
  Sending(Backlog backlog, Function<Gap, byte[]> inWords) {
    this.backlog = backlog;
    this.inWords = inWords;
  }

  /** A new connection: nothing is under way, and nobody has spoken yet. */
  void begin(long now) {
    restart();
    window.reset(now);
    lastHeard = now;
    lastProgress = now;
    mayTellGaps = false;
  }

  void restart() {
    lanes.forEach(Lane::restart);
  }

  /** Hands over what the window lets through. */
  void send(Connection open, String topic, long now) throws IOException {
    if (isIdle()) {
      lastHeard = now;
      lastProgress = now;
    }
    for (Lane lane : lanes) {
      if (lane.isPassedOver(lastHeard, now)) {
        lane.restart();
        window.shrink(now);
      }
      if (!send(lane, open, topic, now)) {
        return;
      }
    }
  }

  private boolean send(Lane lane, Connection open, String topic, long now) throws IOException {
    while (true) {
      var next = backlog.next(lane, epoch -> mayTellGaps && !lane.hasUnderWay(epoch));
      if (next.isEmpty()) {
        return true;
      }
      Backlog.Outgoing outgoing = next.get();
      byte[] wire = outgoing.gap().map(inWords).orElse(outgoing.wire());
      int cost = Window.cost(wire);
      boolean admitted =
          lane.isLive()
              ? window.admits(live.batches(), live.cost(), cost)
              : window.admits(live.batches() + late.batches(), live.cost() + late.cost(), cost);
      if (!admitted) {
        return true;
      }
      if (!open.publish(topic, wire, false)) {
        return false;
      }
      lane.sent(outgoing, cost, now);
    }
  }

  private boolean isIdle() {
    return live.batches() + late.batches() == 0;
  }

  /**
   * The server has spoken; whatever it says, it is there.
   *
   * @return whether something under way has arrived
   */
  boolean acknowledged(long epoch, long sequence, long now) {
    lastHeard = now;
    mayTellGaps = true;
    boolean any = false;
    for (Lane lane : lanes) {
      any |= lane.arrived(epoch, sequence, window, now);
    }
    lastProgress = any ? now : lastProgress;
    return any;
  }

  /** The server has spoken, of something else. */
  void heard(long now) {
    lastHeard = now;
  }

  /** For how long nobody has answered what is under way, in nanoseconds. */
  long silence(long now) {
    return isIdle() ? 0 : now - lastHeard;
  }

  /** For how long nothing of what is under way has been stored, in nanoseconds. */
  long standstill(long now) {
    return isIdle() ? 0 : now - lastProgress;
  }
}
