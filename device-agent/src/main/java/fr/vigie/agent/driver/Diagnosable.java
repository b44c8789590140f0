package fr.vigie.agent.driver;

import java.util.List;

/** A driver that can tell more of its device than its counters do: for `agent doctor`. */
public interface Diagnosable {
  /** Called some times a minute, by the thread that steps. */
  List<Finding> findings();
}
