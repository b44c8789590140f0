package fr.vigie.agent.refine;

import fr.vigie.signal.Signal;
import java.util.Optional;

/** Where what was learned of signals is kept across restarts. For several threads. */
public interface Notebook {
  Optional<Lesson> find(Signal signal);

  /** Keeps a lesson in place of the one before. */
  void keep(Signal signal, Lesson lesson);
}
