package fr.vigie.link;

import fr.vigie.wire.AgentState;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Notices that acknowledgements come from another store than before: it was put back from a copy,
 * or replaced. Then the agent asks how far that store has each epoch that is kept here, and what is
 * beyond is sent again. The question stands, across restarts too, until all of it is answered. Not
 * safe for use by several threads.
 */
final class Restoration {
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
  private static final long BETWEEN_STORES = TimeUnit.MINUTES.toNanos(1);
  private static final long BETWEEN_QUESTIONS = TimeUnit.SECONDS.toNanos(10);

  /** What an acknowledgement is worth. */
  enum Word {
    GOOD,
    /** The first one of another store: all that it may lack is to be asked for. */
    OF_A_NEW_STORE,
    /** Of a store that does not count. */
    OF_ANOTHER
  }

  private final EpochBook book;
  private final TreeSet<Long> open = new TreeSet<>();
  private String asking = "";
  private long changedAt;
  private long askedAt;
  private boolean ask;

  Restoration(EpochBook book, long now) {
    this.book = book;
    this.changedAt = now - BETWEEN_STORES;
  }

  Word hear(String store, long now) {
    if (!NAME.matcher(store).matches()) {
      return Word.GOOD;
    }
    String known = asking.isEmpty() ? book.store() : asking;
    if (known.isEmpty()) {
      book.remember(store);
    }
    if (known.isEmpty() || known.equals(store)) {
      return Word.GOOD;
    }
    if (now - changedAt < BETWEEN_STORES) {
      return Word.OF_ANOTHER;
    }
    asking = store;
    changedAt = now;
    return Word.OF_A_NEW_STORE;
  }

  void about(Collection<Long> epochs) {
    open.addAll(epochs);
    ask = true;
  }

  /** Whether this is the awaited answer about an epoch. */
  boolean isAnswer(long epoch) {
    return open.remove(epoch);
  }

  /** Another connection: what was asked may not have been heard. */
  void begin() {
    ask = true;
  }

  /** The epochs to ask about now; empty when there is nothing to ask, or it was asked just now. */
  List<Long> question(long now) {
    if (open.isEmpty() || !ask && now - askedAt < BETWEEN_QUESTIONS) {
      return List.of();
    }
    ask = false;
    askedAt = now;
    return open.descendingSet().stream().limit(AgentState.MOST_KEPT).toList();
  }

  /** Once everything is answered, and declared where it is lost, the store is the known one. */
  void settle(boolean declared) {
    if (!asking.isEmpty() && open.isEmpty() && declared) {
      book.remember(asking);
      asking = "";
    }
  }
}
