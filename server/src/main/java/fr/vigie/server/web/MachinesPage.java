package fr.vigie.server.web;

import fr.vigie.production.MachineState;
import fr.vigie.server.diagnosis.WrongSort;
import fr.vigie.server.live.LiveBoard;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Store;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The page of all machines. */
@Controller
@Hidden
final class MachinesPage {
  private static final int MOST_SEEN = 20;

  private final Plant plant;
  private final LiveBoard board;
  private final CardPages cards;
  private final Store store;
  private final InstantSource clock;

  MachinesPage(Plant plant, LiveBoard board, CardPages cards, Store store, InstantSource clock) {
    this.plant = plant;
    this.board = board;
    this.cards = cards;
    this.store = store;
    this.clock = clock;
  }

  /** What the page shows around its cards. */
  public record Around(
      String language,
      List<String> languages,
      String site,
      String zone,
      String now,
      String clock,
      String cut,
      List<String> unshown,
      List<String> seen,
      String example) {
    public List<String> getStates() {
      return Stream.of(MachineState.values()).map(FiguresView::name).toList();
    }

    public String getSeenText() {
      return String.join("\n", seen);
    }

    public long count(String state, List<CardView> cards) {
      return cards.stream().filter(card -> card.state().equals(state)).count();
    }
  }

  @GetMapping("/")
  String machines(Model model, Locale locale) throws IOException {
    Instant now = clock.instant();
    Wording words = cards.wording(locale);
    List<CardView> views =
        board.all().stream().map(snapshot -> cards.view(snapshot, locale)).toList();
    model.addAttribute("cards", views);
    model.addAttribute(
        "page",
        new Around(
            locale.getLanguage(),
            WebSettings.LANGUAGES,
            plant.site(),
            words.zone().getId(),
            now.toString(),
            words.clock(now),
            words.say("link.cut", "{0}"),
            unshown(words),
            views.isEmpty() ? seen() : List.of(),
            example()));
    return "machines";
  }

  /** Why some machines have no card. */
  private List<String> unshown(Wording words) {
    return plant.machines().stream()
        .filter(machine -> board.of(machine).isEmpty())
        .flatMap(machine -> board.trouble(machine).map(it -> unshown(machine, it, words)).stream())
        .toList();
  }

  private static String unshown(Machine machine, Exception trouble, Wording words) {
    Problem problem =
        trouble instanceof WrongSort wrong ? Problem.of(wrong) : Problem.busy("problem.store");
    return words.say("page.unshown", machine.label(), words.say(problem.key(), problem.values()));
  }

  private List<String> seen() throws IOException {
    return store.series().stream()
        .map(series -> series.machine() + '/' + series.signal())
        .sorted()
        .limit(MOST_SEEN)
        .toList();
  }

  private static String example() {
    String address =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path("/api/v1/machines/presse-1")
            .toUriString();
    return """
        curl -X PUT %s \\
          -H 'Content-Type: application/json' -d '{
            "label": "Presse 1", "reference-cycle": "30s",
            "state": {"signal": "etat",
                      "values": {"MARCHE": "running", "ARRET": "stopped"}},
            "parts": {"counter": "pieces"}}'"""
        .formatted(address);
  }
}
