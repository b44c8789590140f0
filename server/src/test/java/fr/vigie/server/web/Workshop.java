package fr.vigie.server.web;

import fr.vigie.column.Column;
import fr.vigie.server.alert.Alerts;
import fr.vigie.server.benchmark.Contributions;
import fr.vigie.server.delivery.Outgoing;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.explain.Explainer;
import fr.vigie.server.improvement.Improvements;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.DeadLetters;
import fr.vigie.server.live.Arrivals;
import fr.vigie.server.live.LiveBoard;
import fr.vigie.server.maturity.MaturityReport;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.settings.AlertSettings;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.usage.Contracts;
import fr.vigie.signal.Sample;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;

/**
 * The pages and the interface of a server over real HTTP on a free port, with samples in memory and
 * agents that a test puts on and off. Its clock runs on from an instant that the test chooses.
 */
final class Workshop implements AutoCloseable {
  static final Instant MORNING = Instant.parse("2026-11-24T09:42:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc-1");

  private final ConfigurableApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final AtomicLong sequence = new AtomicLong();

  /** Not a configuration of its own, so that no other test's scan takes it up. */
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @EnableConfigurationProperties({VigieSettings.class, AlertSettings.class})
  @ComponentScan(
      basePackageClasses = {
        Plant.class,
        Diagnosis.class,
        Explainer.class,
        Improvements.class,
        LiveBoard.class,
        Alerts.class,
        Outgoing.class,
        Problem.class,
        Contributions.class,
        MaturityReport.class,
        Contracts.class
      })
  static class Parts {
    @Bean
    InstantSource clock() {
      Duration ahead = Duration.between(Instant.now(), MORNING);
      return () -> Instant.now().plus(ahead);
    }

    @Bean
    Store store() {
      return new MemoryStore();
    }

    @Bean
    AgentDirectory agentDirectory(InstantSource clock) {
      return new AgentDirectory(clock);
    }

    @Bean
    DeadLetters deadLetters(VigieSettings settings, InstantSource clock) {
      return new DeadLetters(settings.folder().resolve("dead-letters"), clock);
    }

    @Bean
    @Primary
    Board board() {
      return new Board();
    }
  }

  /** Says of each machine what the test last said. */
  static final class Board implements Presence {
    private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();

    @Override
    public Optional<Watcher> watcher(Series series) {
      return Optional.ofNullable(watchers.get(series.machine()));
    }
  }

  Workshop(Path data, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("--server.port=0", "--vigie.data=" + data, "--logging.level.root=warn"));
    context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.SERVLET)
            .run(all.toArray(String[]::new));
  }

  String address() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  Instant now() {
    return context.getBean(InstantSource.class).instant();
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  void online(String machine) {
    link(machine, true, MORNING.minus(Duration.ofHours(6)));
  }

  void offline(String machine, Instant since) {
    link(machine, false, since);
  }

  private void link(String machine, boolean online, Instant since) {
    context
        .getBean(Board.class)
        .watchers
        .put(
            machine,
            new Presence.Watcher(
                "banc-1",
                online,
                since,
                online,
                Optional.empty(),
                online ? Optional.empty() : Optional.of(since),
                Optional.empty(),
                Set.of("state", "parts", "scrap"),
                Map.of()));
  }

  /** Stores samples of one signal, and says so to whoever listens. */
  void send(String machine, String signal, Sample... samples) throws IOException {
    boolean text = samples[0].value() instanceof fr.vigie.signal.Value.Text;
    IncomingBatch batch =
        new IncomingBatch(
            AGENT,
            1,
            sequence.incrementAndGet(),
            0,
            List.of(
                new IncomingBatch.Part(
                    new Series("site", machine, signal), Column.of(text, List.of(samples)))),
            List.of());
    context.getBean(Store.class).write(List.of(batch));
    context.getBean(Arrivals.class).committed(List.of(batch));
  }

  /** Has the agent declare a loss. */
  void lose(Loss loss) throws IOException {
    context
        .getBean(Store.class)
        .write(
            List.of(
                new IncomingBatch(
                    AGENT, 1, sequence.incrementAndGet(), 0, List.of(), List.of(loss))));
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder().GET(), path, headers);
  }

  HttpResponse<String> put(String path, String body, String... headers) {
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)),
        path,
        headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        path,
        headers);
  }

  HttpResponse<String> delete(String path) {
    return send(HttpRequest.newBuilder().DELETE(), path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
    try {
      request.uri(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no answer from " + path, e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
