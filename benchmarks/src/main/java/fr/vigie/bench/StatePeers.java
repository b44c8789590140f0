package fr.vigie.bench;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The running time of every shift of ten machines: ours, InfluxDB and VictoriaMetrics, on the same
 * states. The two databases hold a point for each second of each machine and count them.
 */
final class StatePeers {
  private static final int SECONDS_A_DAY = 86_400;
  private static final int SHIFT_SECONDS = 8 * 3_600;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private StatePeers() {}

  /** Running seconds over all machines and shifts, and how long it took to ask. */
  private record Answer(double running, double millis) {}

  static void run(Path folder, int days) throws Exception {
    System.out.printf(
        "running time of every shift, %d machines over %d days%n", DiagnosisBench.MACHINES, days);
    DiagnosisBench.fill(folder, DiagnosisBench.MACHINES, days);
    Answer ours = ours(folder, days);
    print("Vigie, first ask", ours, ours);
    print("Vigie, JVM warm", ours(folder, days), ours);
    peer("InfluxDB", "/usr/bin/influxd", folder, days, ours);
    peer("VictoriaMetrics", "/usr/bin/victoria-metrics", folder, days, ours);
  }

  private static Answer ours(Path folder, int days) throws IOException {
    try (var store = DiagnosisBench.open(folder)) {
      Diagnosis diagnosis =
          new Diagnosis(
              store,
              series -> Optional.empty(),
              new Unwritten(),
              () -> DiagnosisBench.START.plus(Duration.ofDays(10_000)));
      Span span = new Span(DiagnosisBench.START, DiagnosisBench.START.plus(Duration.ofDays(days)));
      long begin = System.nanoTime();
      long nanos = DiagnosisBench.trees(diagnosis, DiagnosisBench.MACHINES, span);
      return new Answer(nanos / 1e9, DiagnosisBench.seconds(begin) * 1e3);
    }
  }

  private static void peer(String name, String program, Path folder, int days, Answer ours)
      throws Exception {
    if (!Files.isExecutable(Path.of(program))) {
      System.out.printf("%-20s not run: %s is not installed%n", name, program);
      return;
    }
    Path own = Files.createDirectory(folder.resolve(name));
    int port = Child.freePort();
    URI address = URI.create("http://127.0.0.1:" + port);
    Path log = own.resolve("log");
    boolean influx = name.equals("InfluxDB");
    try (Child child = Child.start(log, PeersBench.command(program, own, port))) {
      child.await(() -> isUp(address, influx), log);
      if (influx) {
        post(address.resolve("/query?q=" + encoded("CREATE DATABASE vigie")), "");
      }
      long begin = System.nanoTime();
      for (int machine = 0; machine < DiagnosisBench.MACHINES; machine++) {
        fill(address, influx, machine, days);
      }
      System.out.printf(
          "%-20s %,d points taken in %.0f s%n",
          name,
          (long) DiagnosisBench.MACHINES * days * SECONDS_A_DAY,
          DiagnosisBench.seconds(begin));
      if (!influx) {
        get(address.resolve("/internal/force_flush"));
      }
      begin = System.nanoTime();
      double running = 0;
      for (int machine = 0; machine < DiagnosisBench.MACHINES; machine++) {
        running += influx ? ofInflux(address, machine, days) : ofVictoria(address, machine, days);
      }
      print(name, new Answer(running, DiagnosisBench.seconds(begin) * 1e3), ours);
    }
  }

  private static boolean isUp(URI address, boolean influx) {
    try {
      get(address.resolve(influx ? "/ping" : "/health"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void fill(URI address, boolean influx, int machine, int days) throws IOException {
    Random random = new Random(machine);
    double now = 0;
    for (int day = 0; day < days; day++) {
      long from = Nanos.of(DiagnosisBench.START) + day * SECONDS_A_DAY * 1_000_000_000L;
      long[] changes = DiagnosisBench.changes(random, from);
      String[] texts = new String[changes.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = DiagnosisBench.text(random);
      }
      StringBuilder lines = new StringBuilder(SECONDS_A_DAY * 45);
      int next = 0;
      for (int second = 0; second < SECONDS_A_DAY; second++) {
        long at = from + second * 1_000_000_000L;
        while (next < changes.length && changes[next] <= at) {
          now = texts[next++].equals("ACTIVE") ? 1 : 0;
        }
        lines.append("state,machine=m").append(machine).append(" running=").append((int) now);
        lines.append(' ').append(at / 1_000_000_000L).append('\n');
      }
      String precision = influx ? "/write?db=vigie&precision=s" : "/write?precision=s";
      post(address.resolve(precision), lines.toString());
    }
  }

  private static double ofInflux(URI address, int machine, int days) throws IOException {
    long start = DiagnosisBench.START.getEpochSecond();
    String query =
        "SELECT sum(running) FROM state WHERE machine='m%d' AND time >= %ds AND time < %ds GROUP BY time(%ds, %ds)"
            .formatted(
                machine,
                start,
                start + (long) days * SECONDS_A_DAY,
                SHIFT_SECONDS,
                start % SHIFT_SECONDS);
    String answer = get(address.resolve("/query?db=vigie&epoch=s&q=" + encoded(query)));
    return sum(answer, Pattern.compile("\\[\\d+,(\\d+(?:\\.\\d+)?)]"));
  }

  private static double ofVictoria(URI address, int machine, int days) throws IOException {
    long start = DiagnosisBench.START.getEpochSecond();
    String query = "sum_over_time(state_running{machine=\"m" + machine + "\"}[8h])";
    long first = start + SHIFT_SECONDS - 1;
    long last = start + (long) days * SECONDS_A_DAY - 1;
    String answer =
        get(
            address.resolve(
                "/api/v1/query_range?nocache=1&step=8h&start="
                    + first
                    + "&end="
                    + last
                    + "&query="
                    + encoded(query)));
    return sum(answer, Pattern.compile("\\[\\d+,\"(\\d+(?:\\.\\d+)?)\"]"));
  }

  private static double sum(String answer, Pattern values) {
    double sum = 0;
    for (Matcher value = values.matcher(answer); value.find(); ) {
      sum += Double.parseDouble(value.group(1));
    }
    return sum;
  }

  private static void print(String name, Answer answer, Answer ours) {
    System.out.printf(
        "%-20s %,14.0f s running  %,10.1f ms  %8.1f times ours%n",
        name, answer.running(), answer.millis(), answer.millis() / ours.millis());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String get(URI address) throws IOException {
    return answer(HttpRequest.newBuilder(address).build());
  }

  private static void post(URI address, String body) throws IOException {
    answer(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private static String answer(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(request.uri() + ": " + answer.statusCode() + ' ' + answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
