package fr.vigie.example.fault.time;

import fr.vigie.column.Column;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.messenger.Messenger;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.wire.Batch;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** F10: a machine runs through the days on which clocks change, and through a leap day. */
public final class DaysOf23And25Hours implements Fault {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
  private static final String MACHINE = "night-and-day";
  private static final Map<LocalDate, Integer> HOURS =
      Map.of(
          LocalDate.of(2026, 3, 29), 23,
          LocalDate.of(2025, 10, 26), 25,
          LocalDate.of(2024, 2, 29), 24);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        10,
        "days of 23 and 25 hours",
        "A local day of 23 or 25 hours has so many hours in every figure, and a night shift across"
            + " the change is an hour shorter or longer.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Server server =
        stage.add(
            Server.start(
                stage.home(),
                stage.folder().resolve("server"),
                new Server.Settings(Trial.SITE, 0, 0, "embedded")));
    RestApi api = server.api();
    api.putSite(
        Map.of(
            "zone",
            ZONE.getId(),
            "shifts",
            List.of(
                Map.of(
                    "name", "Nuit",
                    "days", List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"),
                    "from", "22:00",
                    "to", "06:00"))));
    api.putMachine(
        MACHINE,
        Map.of(
            "site", Trial.SITE,
            "label", "Four",
            "reference-cycle", "60s",
            "micro-stop", "60s",
            "in-service-since", "2024-01-01T00:00:00Z",
            "shifts", "site",
            "state",
                Map.of(
                    "signal", "state",
                    "values", Map.of("AUTO", "running"),
                    "otherwise", "unobserved",
                    "dwell", "0s")));
    send(stage, server);
    for (Map.Entry<LocalDate, Integer> day : HOURS.entrySet()) {
      Instant from = day.getKey().atStartOfDay(ZONE).toInstant();
      Instant to = day.getKey().plusDays(1).atStartOfDay(ZONE).toInstant();
      JsonNode figures = api.figures(MACHINE, from, to);
      hours(stage, day.getKey() + " has", figures.path("times").path("tT"), day.getValue());
      hours(stage, day.getKey() + " ran", figures.path("states").path("AUTO"), day.getValue());
      Instant evening = day.getKey().minusDays(1).atTime(22, 0).atZone(ZONE).toInstant();
      Instant morning = day.getKey().atTime(6, 0).atZone(ZONE).toInstant();
      JsonNode night = api.figures(MACHINE, evening, morning);
      hours(
          stage,
          "the night to " + day.getKey(),
          night.path("times").path("tR"),
          day.getValue() - 16);
      stage.saw(Optional.of(day.getKey() + ": tT = " + figures.path("times").path("tT") + " s"));
    }
    stage.did(
        "asked for the figures of 29 March 2026, 26 October 2025 and 29 February 2024, Paris");
  }

  private static void hours(Stage stage, String what, JsonNode seconds, int wanted) {
    stage.expect(
        Math.abs(seconds.asDouble(0) - 3_600.0 * wanted) < 1,
        "%s %s s, wanted %d h",
        what,
        seconds,
        wanted);
  }

  /** Says each minute of these days, and of the evenings before, that the machine runs. */
  private static void send(Stage stage, Server server) throws IOException, InterruptedException {
    List<Signal> signals = List.of(new Signal(MACHINE, "state", Kind.STATE, ""));
    Instant now = stage.clock().instant();
    try (Messenger messenger =
        Messenger.connect(server.mqttPort(), Trial.SITE, MACHINE, stage.seed() + 1, now, signals)) {
      long sequence = 0;
      for (LocalDate day : HOURS.keySet().stream().sorted().toList()) {
        Instant from = day.minusDays(1).atTime(12, 0).atZone(ZONE).toInstant();
        Instant to = day.plusDays(1).atTime(12, 0).atZone(ZONE).toInstant();
        Column.Builder said = Column.texts();
        for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(1))) {
          said.add(Nanos.of(at), "AUTO", Quality.GOOD);
        }
        sequence++;
        messenger.send(
            messenger.batch(sequence, List.of(new Batch.Part(0, said.build()))), Payload.COLUMNS);
      }
      messenger.awaitAcknowledged(sequence);
    }
  }
}
