package fr.vigie.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.alert.Alert.State;
import fr.vigie.server.delivery.Mailroom;
import fr.vigie.server.delivery.Message;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.NoEntries;
import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.KnownAgents;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
  private static final IncomingBatch.Source AGENT = new IncomingBatch.Source("site", "banc");
  private static final Map<String, Object> HOT = Map.of("signal", "temp", "above", 80, "clear", 75);

  @TempDir Path folder;
  private Mailroom room;
  private final MemoryStore store = new MemoryStore();
  private final AgentDirectory directory = new AgentDirectory(() -> room.now);
  private final KnownAgents agents = new KnownAgents(directory);
  private boolean online = true;
  private Plant plant;
  private Rules rules;
  private Alerts alerts;
  private long sequence;

  @BeforeEach
  void open() throws IOException {
    room = new Mailroom(folder);
    room.now = TEN;
    start();
    plant.put(
        "press",
        Map.of(
            "label",
            "Presse",
            "state",
            Map.of("signal", "state", "values", Map.of("ACTIVE", "running", "HELD", "stopped")),
            "parts",
            Map.of("counter", "parts"),
            "reference-cycle",
            "60s"));
  }

  @AfterEach
  void close() {
    room.close();
  }

  /** The server's parts anew, on the same data: what a restart leaves. */
  private void start() {
    plant = new Plant(room.database, room.settings, () -> room.now);
    Diagnosis diagnosis = new Diagnosis(store, this::watcher, new NoEntries(), () -> room.now);
    rules = new Rules(room.database, room.carriers(), () -> room.now);
    alerts =
        new Alerts(
            rules,
            new Facts(
                plant, diagnosis, store, new AgentFacts(plant, directory, store, () -> room.now)),
            new Register(room.database),
            new Herald(room.outgoing(), plant, Mailroom.words(), room.alertSettings()),
            room.alertSettings(),
            () -> room.now);
  }

  @Test
  void aSignalThatIsTooHighForLongEnoughRaisesAnAlertAndEndsItPastTheClearLimit()
      throws IOException {
    put(rule("hot", HOT, "for", "5m"));
    temp(0, 70);
    temp(60, 81);
    step(120);
    assertThat(only().state()).isEqualTo(State.PENDING);
    assertThat(messages()).isEmpty();

    step(420);
    assertThat(only().state()).isEqualTo(State.RAISED);
    assertThat(only().since()).isEqualTo(at(60));
    assertThat(only().raisedAt()).contains(at(360));
    assertThat(messages())
        .singleElement()
        .satisfies(it -> assertThat(it.kind()).isEqualTo("raised"));
    assertThat(messages().get(0).body())
        .contains("Presse : temp au-dessus de 80 depuis 5 min")
        .contains("Depuis le 2026-11-24 11:01:00");

    temp(430, 78);
    step(440);
    assertThat(only().state()).as("between both limits").isEqualTo(State.RAISED);

    temp(450, 75);
    step(460);
    assertThat(only().state()).isEqualTo(State.CLEARED);
    assertThat(only().clearedAt()).contains(at(450));
    assertThat(kinds()).containsExactly("raised", "cleared");
  }

  @Test
  void whatDoesNotLastLongEnoughLeavesNothing() throws IOException {
    put(rule("hot", HOT, "for", "5m"));
    temp(0, 81);
    step(10);
    temp(60, 70);
    step(400);

    assertThat(all()).isEmpty();
    assertThat(messages()).isEmpty();
  }

  @Test
  void aRestartNeitherForgetsNorRepeats() throws IOException {
    put(rule("hot", HOT, "for", "5m"));
    temp(0, 81);
    step(60);
    start();
    step(400);
    assertThat(kinds()).containsExactly("raised");
    Alert raised = only();

    for (int second = 410; second < 500; second += 10) {
      start();
      step(second);
    }
    assertThat(kinds()).containsExactly("raised");
    assertThat(only()).isEqualTo(raised);

    temp(510, 60);
    start();
    step(520);
    assertThat(kinds()).containsExactly("raised", "cleared");
    assertThat(only().id()).isEqualTo(raised.id());
  }

  @Test
  void anAlertThatStaysOnForAWeekIsOneAlert() throws IOException {
    put(rule("hot", HOT));
    temp(0, 81);
    for (int hour = 0; hour < 24 * 7; hour += 6) {
      start();
      step(hour * 3_600 + 10);
    }
    online = false;
    for (int hour = 24 * 7; hour < 24 * 14; hour += 6) {
      step(hour * 3_600 + 10);
    }

    assertThat(kinds()).containsExactly("raised");
    assertThat(only().state()).isEqualTo(State.RAISED);
    assertThat(only().since()).isEqualTo(at(0));
  }

  @Test
  void theBacklogOfAnOutageIsRecordedAsPastAndSummedUpInOneMessage() throws IOException {
    put(rule("hot", HOT), rule("mute", Map.of("signal", "temp", "missing", true), "for", "1h"));
    temp(0, 70);
    step(10);
    room.now = at(9 * 3_600);
    online = false;
    step(9 * 3_600);
    assertThat(kinds()).containsExactly("raised");
    online = true;
    int first = 9 * 3_600;
    temp(first, 70);
    step(first + 1);
    assertThat(kinds()).containsExactly("raised", "cleared");

    int samples = 0;
    for (int part = 0; part < 8; part++) {
      List<Sample> late = new ArrayList<>();
      for (int second = 60 + part * 3_600; second < 60 + (part + 1) * 3_600; second += 5) {
        late.add(Sample.good(at(second), second / 60 % 10 == 0 ? 90 : 70));
      }
      samples += late.size();
      send("temp", late.toArray(Sample[]::new));
      step(first + 40 * (part + 1));
    }
    for (int second = first + 400; second < first + 4_000; second += 60) {
      temp(second - 1, 70);
      step(second);
    }

    assertThat(samples).isEqualTo(5_760);
    assertThat(alerts.list(Optional.of(State.PAST), 1_000)).hasSize(48);
    assertThat(kinds()).containsExactly("raised", "cleared", "past");
    Message past = messages().get(2);
    assertThat(past.title()).isEqualTo("Alertes passées : 48");
    assertThat(past.body()).contains("Presse : temp au-dessus de 80 : 48 fois");
    assertThat(past.data()).containsEntry("count", 48);
  }

  @Test
  void lateSamplesThatShowAnAlertToBeOlderDoNotMakeAnother() throws IOException {
    put(rule("hot", HOT, "for", "1m"));
    temp(0, 70);
    step(10);
    online = false;
    step(3_600);
    online = true;
    temp(3_610, 90);
    step(3_700);
    assertThat(kinds()).containsExactly("raised");

    send("temp", Sample.good(at(1_800), 85), Sample.good(at(2_400), 88));
    step(3_760);

    assertThat(kinds()).containsExactly("raised");
    assertThat(only().state()).isEqualTo(State.RAISED);
  }

  @Test
  void anAlertThatJustEndedWhenItBecameKnownIsStillTold() throws IOException {
    put(rule("hot", HOT));
    temp(0, 70);
    step(5);
    temp(6, 90);
    temp(7, 70);
    step(10);

    assertThat(only().state()).isEqualTo(State.CLEARED);
    assertThat(kinds()).containsExactly("raised");
    assertThat(messages().get(0).body()).contains("Jusqu'au 2026-11-24 11:00:07 (1 s)");
  }

  @Test
  void aSignalThatFluttersIsToldOnceInItsHoldOff() throws IOException {
    put(rule("hot", HOT, "hold-off", "1h"));
    for (int second = 0; second < 3_000; second += 20) {
      temp(second, second / 20 % 2 == 0 ? 90 : 70);
      step(second + 10);
    }
    temp(3_010, 90);
    step(3_020);
    assertThat(kinds()).containsExactly("raised", "cleared");

    step(3_605);

    assertThat(kinds()).containsExactly("raised", "cleared", "raised");
    assertThat(all().get(0).raisedAt()).contains(at(3_600));
  }

  @Test
  void aMachineThatIsStoppedInItsShiftIsToldAndOneThatIsOffAtNightIsNot() throws IOException {
    plant.putSite(
        Map.of(
            "zone",
            "UTC",
            "shifts",
            List.of(Map.of("name", "Jour", "from", "09:00", "to", "17:00"))));
    put(rule("still", Map.of("state", List.of("stopped")), "for", "10m"));
    send("state", Sample.good(at(0), "ACTIVE"), Sample.good(at(7 * 3_600 - 300), "HELD"));
    for (int hour = 7; hour < 23; hour++) {
      step(hour * 3_600 + 600);
    }
    assertThat(all()).isEmpty();

    step(23 * 3_600 + 700);

    assertThat(only().state()).isEqualTo(State.RAISED);
    assertThat(only().since()).isEqualTo(Instant.parse("2026-11-25T09:00:00Z"));
    assertThat(messages().get(0).title())
        .isEqualTo("[avertissement] Presse : À l'arrêt depuis 10 min");
  }

  @Test
  void aTrsThatIsTooLowIsToldAndItsNextShiftBeginsAnew() throws IOException {
    plant.putSite(
        Map.of(
            "zone",
            "UTC",
            "shifts",
            List.of(
                Map.of("name", "Matin", "from", "10:00", "to", "12:00"),
                Map.of("name", "Soir", "from", "12:00", "to", "17:00"))));
    put(rule("poor", Map.of("figure", "TRS", "below", 0.6), "for", "30m"));
    send("state", Sample.good(at(0), "ACTIVE"));
    send("parts", Sample.good(at(0), 0));
    for (int second = 60; second < 6_900; second += 60) {
      if (second % 120 == 0) {
        send("parts", Sample.good(at(second), second / 120));
      }
      step(second + 1);
    }
    assertThat(only().state()).isEqualTo(State.RAISED);
    assertThat(only().raisedAt()).contains(only().since().plusSeconds(1_800));
    assertThat(messages().get(0).title()).contains("TRS en dessous de 60");
    start();

    for (int second = 7_200; second < 9_000; second += 60) {
      send("parts", Sample.good(at(second), second / 60));
      step(second + 1);
    }

    assertThat(kinds()).containsExactly("raised", "cleared");
    assertThat(only().clearedAt()).contains(at(7_200));
  }

  @Test
  void anAgentThatFallsSilentIsToldAndSoIsItsReturn() throws IOException {
    put(rule("away", Map.of("agent", "silent"), "agents", List.of("banc")));
    agents.heard(AGENT, at(0));
    step(200);
    assertThat(messages()).isEmpty();

    step(301);
    assertThat(only().since()).isEqualTo(at(0));
    assertThat(messages().get(0).title()).contains("Agent banc : n'envoie plus rien");

    agents.heard(AGENT, at(400));
    step(401);
    assertThat(kinds()).containsExactly("raised", "cleared");
  }

  @Test
  void aRestartOfTheServerDoesNotMakeASilentAgentHeard() {
    put(rule("away", Map.of("agent", "silent"), "agents", List.of("banc", "never-seen")));
    step(301);
    assertThat(all()).extracting(Alert::subject).containsExactlyInAnyOrder("banc", "never-seen");

    start();
    step(302);
    step(700);

    assertThat(kinds()).containsExactly("raised", "raised");
    assertThat(all()).extracting(Alert::state).containsOnly(State.RAISED);
  }

  @Test
  void anAgentWhoseClockIsWrongIsTold() {
    put(rule("clock", Map.of("agent", "wrong-clock")));
    agents.heard(AGENT, at(0));
    agents.clock(AGENT, new ClockReading(1, at(4_000), true), at(10));
    step(15);
    assertThat(messages().get(0).title()).contains("Agent banc : heure fausse");

    agents.clock(AGENT, new ClockReading(2, at(60), true), at(60));
    step(65);
    assertThat(kinds()).containsExactly("raised", "cleared");
  }

  @Test
  void aTextThatASignalSaysRaisesAnAlertAndAnotherTextEndsIt() throws IOException {
    put(rule("held", Map.of("signal", "state", "equals", "FEED_HOLD")));
    send("state", Sample.good(at(0), "ACTIVE"), Sample.good(at(10), "FEED_HOLD"));
    step(20);
    assertThat(messages().get(0).body()).contains("state dit « FEED_HOLD »");

    send("state", Sample.good(at(30), "ACTIVE"));
    step(40);
    assertThat(kinds()).containsExactly("raised", "cleared");
  }

  @Test
  void lossesThatAnAgentDeclaresAreTold() throws IOException {
    put(rule("lost", Map.of("agent", "losses"), "agents", List.of("banc")));
    step(600);
    lose(new Loss("press", new Span(at(500), at(560)), 12, Loss.Reason.OUTBOX_FULL));
    lose(new Loss("press", new Span(at(100), at(160)), -1, Loss.Reason.AGENT_STOPPED));
    step(605);

    assertThat(only().state()).isEqualTo(State.CLEARED);
    assertThat(only().since()).isEqualTo(at(500));
    assertThat(kinds()).containsExactly("raised");
  }

  @Test
  void acknowledgementSaysWhoAndWhenAndLastsThroughTheEnd() throws IOException {
    put(rule("hot", HOT));
    temp(0, 90);
    step(10);
    String id = only().id();

    assertThat(alerts.acknowledge(id, "Équipe du matin", "capteur sale")).isPresent();
    assertThat(alerts.acknowledge(id, "Another", "")).isEmpty();
    assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    start();
    temp(20, 60);
    step(30);

    assertThat(only().state()).isEqualTo(State.CLEARED);
    assertThat(only().acknowledgement())
        .contains(new Alert.Acknowledgement(at(10), "Équipe du matin", "capteur sale"));
  }

  @Test
  void aNewRuleIsAboutNowAndNotAboutLastNight() throws IOException {
    temp(-7_200, 90);
    temp(-3_600, 70);
    temp(-600, 90);
    room.now = TEN;
    put(rule("hot", HOT));
    step(10);

    assertThat(only().state()).isEqualTo(State.RAISED);
    assertThat(only().since()).isEqualTo(at(-600));
    assertThat(kinds()).containsExactly("raised");
  }

  @Test
  void anAlertOfARuleThatIsGoneIsCleared() throws IOException {
    put(rule("hot", HOT));
    temp(0, 90);
    step(10);
    put();
    step(20);

    assertThat(only().state()).isEqualTo(State.CLEARED);
  }

  private Optional<Presence.Watcher> watcher(Series series) {
    return Optional.of(
        new Presence.Watcher(
            "banc",
            online,
            TEN.minusSeconds(86_400),
            online,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of("temp", "state", "parts"),
            Map.of()));
  }

  private void put(Map<?, ?>... all) {
    rules.put(Map.of("rules", List.of(all)));
  }

  private static Map<String, Object> rule(String name, Map<String, Object> when, Object... more) {
    Map<String, Object> rule =
        new java.util.LinkedHashMap<>(Map.of("name", name, "when", when, "to", List.of("mes")));
    for (int i = 0; i < more.length; i += 2) {
      rule.put(String.valueOf(more[i]), more[i + 1]);
    }
    return rule;
  }

  private void temp(int second, double value) throws IOException {
    send("temp", Sample.good(at(second), value));
  }

  private void send(String signal, Sample... samples) throws IOException {
    boolean text = samples[0].value() instanceof Value.Text;
    store.write(
        List.of(
            new IncomingBatch(
                AGENT,
                1,
                ++sequence,
                0,
                List.of(
                    new IncomingBatch.Part(
                        new Series("site", "press", signal), Column.of(text, List.of(samples)))),
                List.of())));
  }

  private void lose(Loss loss) throws IOException {
    store.write(List.of(new IncomingBatch(AGENT, 1, ++sequence, 0, List.of(), List.of(loss))));
  }

  private void step(int second) {
    room.now = at(second);
    alerts.step();
  }

  private List<Alert> all() {
    return alerts.list(Optional.empty(), 1_000);
  }

  private Alert only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }

  private List<Message> messages() {
    List<Message> oldestFirst = new ArrayList<>(room.outgoing().list(Optional.empty(), 1_000));
    java.util.Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  private List<String> kinds() {
    return messages().stream().map(Message::kind).toList();
  }

  private static Instant at(int second) {
    return TEN.plus(Duration.ofSeconds(second));
  }
}
