package fr.vigie.bench;

import com.sun.management.OperatingSystemMXBean;
import fr.vigie.server.broker.EmbeddedBroker;
import fr.vigie.server.ingest.BrokerAccess;
import fr.vigie.server.ingest.IngestService;
import fr.vigie.server.store.sqlite.SqliteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * From MQTT to the committed store: agents send batches as fast as acknowledgements come back, a
 * window of unacknowledged batches each. Agents, broker, ingest and store share one process and its
 * cores, so the figure is below what a server alone can take. Batches are encoded before the clock
 * starts. Arguments: how many batches an agent sends, and the address of the broker of a running
 * server when that is to be measured instead; or {@code --peers}, or {@code --overload}.
 */
public final class IngestBench {
  static final int AGENTS = 10;

  private static final Logger ROOT = Logger.getLogger("");

  private IngestBench() {}

  public static void main(String[] arguments) throws Exception {
    ROOT.setLevel(Level.SEVERE);
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.remove("--peers")) {
      PeersBench.run(words.isEmpty() ? 200 : Integer.parseInt(words.get(0)));
      return;
    }
    if (words.remove("--overload")) {
      OverloadBench.run(words.isEmpty() ? 60 : Integer.parseInt(words.get(0)));
      return;
    }
    int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    Path folder = Files.createTempDirectory("vigie-ingest-bench");
    System.out.printf(
        "%d agents, %d batches each of %,d samples of %d signals, window %d%n",
        AGENTS, batches, Sender.SAMPLES, Sender.SIGNALS, Sender.WINDOW);
    System.out.printf(
        "%-34s %14s %12s %16s %14s%n",
        "", "samples/s", "seconds", "CPU s/M samples", "bytes/sample");
    if (arguments.length > 1) {
      measure(URI.create(arguments[1]), batches, "to " + arguments[1] + ", senders only");
      return;
    }
    for (int round = 1; round <= 3; round++) {
      run(folder.resolve("run-" + round), batches, round);
    }
  }

  private static void run(Path folder, int batches, int round) throws Exception {
    Files.createDirectories(folder);
    try (SqliteStore store =
            SqliteStore.open(
                folder.resolve("store"), SqliteStore.Settings.DEFAULT, InstantSource.system());
        EmbeddedBroker broker =
            new EmbeddedBroker(
                "127.0.0.1", 0, folder.resolve("broker"), IngestService.DATA_FILTER)) {
      broker.start();
      IngestService ingest =
          new IngestService(
              store,
              () -> "",
              BrokerAccess.open(broker.address()),
              folder,
              List.of(),
              new SimpleMeterRegistry(),
              InstantSource.system());
      ingest.start();
      while (ingest.brokerTrouble().isPresent()) {
        Thread.onSpinWait();
      }
      measure(broker.address(), batches, "MQTT to committed store, round " + round);
      ingest.stop();
    }
  }

  private static void measure(URI broker, int batches, String what) throws Exception {
    List<Sender> senders = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < AGENTS; i++) {
      Sender sender = new Sender(broker, "agent-" + i, 1, batches);
      bytes += sender.bytes();
      senders.add(sender);
    }
    long cpu = cpu();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (Sender sender : senders) {
      Thread thread = new Thread(sender::run);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double total = (double) AGENTS * batches * Sender.SAMPLES;
    System.out.printf(
        "%-34s %,14.0f %12.1f %16.2f %14.2f%n",
        what, total / seconds, seconds, (cpu() - cpu) / 1e9 / (total / 1e6), bytes / total);
    for (Sender sender : senders) {
      sender.close();
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
