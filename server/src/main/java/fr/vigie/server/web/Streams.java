package fr.vigie.server.web;

import fr.vigie.reason.Entry;
import fr.vigie.server.diagnosis.Snapshot;
import fr.vigie.server.live.LiveBoard;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.ReasonBook;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Live streams: of JSON for programs, of cards for the page. */
@RestController
@Tag(name = "machines")
final class Streams {
  private static final String JSON = "";

  private final LiveBoard board;
  private final Screens screens;
  private final CardPages cards;
  private final JsonMapper json;

  Streams(
      LiveBoard board,
      Screens screens,
      CardPages cards,
      JsonMapper json,
      Plant plant,
      ReasonBook reasons) {
    this.board = board;
    this.screens = screens;
    this.cards = cards;
    this.json = json;
    board.listen(this::tell);
    plant.onChange(this::tellOfMachines);
    reasons.onEntry(this::tellOfReasons);
  }

  @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "Server-sent events: each machine as it is now, when it changes",
      description =
          "An event 'machine' holds what /machines/{machine}/live answers; every machine comes once"
              + " at the start, then every 0.8 s at most and only when something changed."
              + " An event 'time' holds the server's time, an event 'machines' says that the list"
              + " of machines or reasons changed, an event 'reasons' (machine, entry) that"
              + " somebody said something about the stops of a machine.")
  SseEmitter stream() {
    return open(JSON);
  }

  @Hidden
  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(Locale locale) {
    return open(locale.getLanguage());
  }

  private SseEmitter open(String language) {
    Screens.Screen screen = screens.open(language);
    for (Snapshot snapshot : board.all()) {
      screen.offer(snapshot.machine().name(), event(snapshot, language));
    }
    return screen.emitter();
  }

  private void tell(Snapshot snapshot) {
    Map<String, Screens.Event> events = new HashMap<>();
    for (Screens.Screen screen : screens.all()) {
      Screens.Event event =
          events.computeIfAbsent(screen.language(), language -> event(snapshot, language));
      screen.offer(snapshot.machine().name(), event);
    }
  }

  private void tellOfMachines() {
    screens
        .all()
        .forEach(
            screen -> screen.offer("machines", new Screens.Event("machines", () -> "changed")));
  }

  private void tellOfReasons(String machine, Entry entry) {
    board.about(machine);
    String data = json.writeValueAsString(Map.of("machine", machine, "entry", entry.number()));
    screens
        .all()
        .forEach(
            screen -> screen.offer("reasons/" + machine, new Screens.Event("reasons", () -> data)));
  }

  private Screens.Event event(Snapshot snapshot, String language) {
    return language.equals(JSON)
        ? new Screens.Event(
            "machine", Once.of(() -> json.writeValueAsString(LiveView.of(snapshot))))
        : new Screens.Event(
            "card", Once.of(() -> cards.card(snapshot, Locale.forLanguageTag(language))));
  }
}
