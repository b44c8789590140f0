package fr.vigie.example.proxy;

/** Makes the proxy's threads, none of which keeps the process alive. */
final class Threads {
  private Threads() {}

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
