package fr.vigie.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers a server twice what it can take: first measures what it takes, then its memory under a
 * tenth of that, then offers twice as much. Agents keep what does not fit into their window of
 * unacknowledged batches and send it as room comes. At the end every batch must be acknowledged,
 * and the store must hold each sample once.
 */
final class OverloadBench {
  private static final int TRIAL = 300;
  private static final double CALM = 10;

  private OverloadBench() {}

  static void run(int seconds) throws Exception {
    Path folder = Files.createTempDirectory("vigie-overload-bench");
    try (Child server = Child.server(folder)) {
      URI broker = PeersBench.broker(folder);
      double idle = offer(server, broker, 1, CALM, Math.min(15, seconds));
      System.out.printf(
          "memory at %,.0f samples/s: at most %.0f MB%n", CALM * Sender.SAMPLES, idle);
      PeersBench.senders(broker, 2, TRIAL / 4);
      long start = System.nanoTime();
      PeersBench.senders(broker, 3, TRIAL);
      double capacity = IngestBench.AGENTS * TRIAL / ((System.nanoTime() - start) / 1e9);
      System.out.printf("takes %,.0f samples/s%n", capacity * Sender.SAMPLES);
      double most = offer(server, broker, 4, capacity * 2, seconds);
      System.out.printf(
          "memory at twice that for %d s: at most %.0f MB, %.2f times%n",
          seconds, most, most / idle);
      long sent =
          (long) Sender.SAMPLES
              * IngestBench.AGENTS
              * (TRIAL / 4
                  + TRIAL
                  + batches(CALM, Math.min(15, seconds))
                  + batches(capacity * 2, seconds));
      long stored = stored(folder);
      System.out.printf("sent %,d samples, stored %,d, missing %,d%n", sent, stored, sent - stored);
    }
  }

  private static int batches(double rate, int seconds) {
    return (int) Math.ceil(rate / IngestBench.AGENTS * seconds);
  }

  /** The most memory that the server took. */
  private static double offer(Child server, URI broker, long epoch, double rate, int seconds)
      throws Exception {
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < IngestBench.AGENTS; i++) {
      senders.add(new Sender(broker, "agent-" + i, epoch, batches(rate, seconds)));
    }
    AtomicBoolean ended = new AtomicBoolean();
    double[] most = new double[1];
    Thread watch =
        new Thread(
            () -> {
              while (!ended.get()) {
                try {
                  most[0] = Math.max(most[0], server.residentMegabytes());
                } catch (IOException e) {
                  throw new IllegalStateException("the server is gone", e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
              }
            });
    watch.start();
    PeersBench.together(
        senders.stream()
            .<Runnable>map(sender -> () -> sender.run(rate / IngestBench.AGENTS))
            .toList());
    ended.set(true);
    watch.join();
    for (Sender sender : senders) {
      sender.close();
    }
    return most[0];
  }

  private static long stored(Path folder) throws IOException {
    String json = Files.readString(folder.resolve("server.json"));
    URI page = URI.create(json.replaceAll("(?s).*\"http\": \"([^\"]+)\".*", "$1"));
    long stored = 0;
    for (int agent = 0; agent < IngestBench.AGENTS; agent++) {
      for (int signal = 0; signal < Sender.SIGNALS; signal++) {
        URI count =
            page.resolve(
                "api/v1/series/agent-"
                    + agent
                    + "/signal-"
                    + signal
                    + "/count?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z");
        try (var in = count.toURL().openStream()) {
          String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          stored += Long.parseLong(answer.replaceAll("(?s).*\"count\":\\s*(\\d+).*", "$1"));
        }
      }
    }
    return stored;
  }
}
