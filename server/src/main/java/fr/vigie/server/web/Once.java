package fr.vigie.server.web;

import java.util.function.Supplier;

/** A text that is made when it is first asked for, and then kept. */
final class Once implements Supplier<String> {
  private final Supplier<String> maker;
  private String made = "";

  private Once(Supplier<String> maker) {
    this.maker = maker;
  }

  static Supplier<String> of(Supplier<String> maker) {
    return new Once(maker);
  }

  @Override
  public synchronized String get() {
    if (made.isEmpty()) {
      made = maker.get();
    }
    return made;
  }
}
