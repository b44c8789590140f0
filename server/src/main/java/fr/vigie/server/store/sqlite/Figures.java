package fr.vigie.server.store.sqlite;

/** Figures over the numbers of windows, by index; times in nanoseconds since 1970. */
interface Figures {
  int size();

  /** Where a window stands among all windows of its width. */
  long place(int index);

  /** How many numbers there are, never 0. */
  long count(int index);

  double sum(int index);

  double min(int index);

  double max(int index);

  long firstTime(int index);

  double first(int index);

  long lastTime(int index);

  double last(int index);
}
