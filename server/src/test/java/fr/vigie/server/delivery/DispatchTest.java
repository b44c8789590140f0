package fr.vigie.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.delivery.Message.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DispatchTest {
  @TempDir Path folder;
  private Mailroom room;
  private Outgoing outgoing;

  @BeforeEach
  void open() throws IOException {
    room = new Mailroom(folder);
    outgoing = room.outgoing();
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void aMessageIsPostedOnceWithItsIdAndASignatureThatHolds() throws IOException {
    Message message = add("Presse : à l'arrêt");

    Dispatch dispatch = room.dispatch();
    dispatch.step();
    dispatch.step();

    assertThat(room.received).hasSize(1);
    Mailroom.Received came = room.received.get(0);
    assertThat(came.id()).isEqualTo(message.id());
    assertThat(came.type()).isEqualTo("application/json");
    assertThat(came.seconds()).isEqualTo("" + room.now.getEpochSecond());
    assertThat(came.signature())
        .isEqualTo(
            Secrets.signature(
                Mailroom.SECRET, came.id(), Long.parseLong(came.seconds()), came.body()));
    JsonNode body = JsonMapper.builder().build().readTree(came.body());
    assertThat(body.at("/type").asString()).isEqualTo("vigie.alert.raised");
    assertThat(body.at("/title").asString()).isEqualTo("Presse : à l'arrêt");
    assertThat(body.at("/data/rule").asString()).isEqualTo("stopped");
    assertThat(state(message)).isEqualTo(State.SENT);
  }

  @Test
  void whatFailsIsTriedAgainAfterPausesThatGrowAndWithTheSameId() {
    Message message = add("one");
    room.answer = 503;
    Dispatch dispatch = room.dispatch();

    dispatch.step();
    Duration first = pause(message);
    dispatch.step();
    assertThat(room.received).hasSize(1);
    room.now = room.now.plus(first);
    dispatch.step();
    Duration second = pause(message);
    room.now = room.now.plus(second);
    room.answer = 200;
    dispatch.step();

    assertThat(first).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(second).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(room.received)
        .hasSize(3)
        .extracting(Mailroom.Received::id)
        .containsOnly(message.id());
    assertThat(state(message)).isEqualTo(State.SENT);
    assertThat(found(message).tries()).isEqualTo(3);
  }

  @Test
  void aRestartSendsWhatWaitsAndNothingThatWasSent() {
    Message sent = add("sent");
    room.dispatch().step();
    room.answer = 500;
    Message waiting = add("waiting");
    room.dispatch().step();
    room.answer = 200;
    room.now = room.now.plusSeconds(60);

    room.dispatch().step();
    room.dispatch().step();

    assertThat(room.received)
        .extracting(Mailroom.Received::id)
        .containsExactly(sent.id(), waiting.id(), waiting.id());
  }

  @Test
  void aRedirectionIsNotFollowed() {
    Message message = add("one");
    room.answer = 302;

    room.dispatch().step();

    assertThat(room.received).hasSize(1);
    assertThat(found(message).trouble()).contains("HTTP 302");
    assertThat(state(message)).isEqualTo(State.WAITING);
  }

  @Test
  void aMessageThatIsNeverTakenIsGivenUpAfterDaysForAllToSee() {
    Message message = add("one");
    room.answer = 500;
    Dispatch dispatch = room.dispatch();
    Instant end = room.now.plus(Duration.ofDays(3)).plusSeconds(1);
    while (room.now.isBefore(end)) {
      dispatch.step();
      room.now = room.now.plusSeconds(3_600);
    }

    dispatch.step();

    assertThat(outgoing.list(Optional.of(State.GIVEN_UP), 10))
        .singleElement()
        .satisfies(it -> assertThat(it.id()).isEqualTo(message.id()))
        .satisfies(it -> assertThat(it.trouble()).contains("HTTP 500"));
    assertThat(room.received).hasSizeBetween(70, 74);
  }

  @Test
  void manyAtOnceGoAsOneAndTheirIdsAreInIt() {
    List<Message> all =
        java.util.stream.IntStream.range(0, 60).mapToObj(i -> add("no " + i)).toList();

    room.dispatch().step();

    assertThat(room.received).hasSize(1);
    JsonNode body = JsonMapper.builder().build().readTree(room.received.get(0).body());
    assertThat(body.at("/type").asString()).isEqualTo("vigie.alert.digest");
    assertThat(body.at("/title").asString()).isEqualTo("60 messages en un");
    assertThat(body.at("/text").asString()).contains("no 0", "no 49", "et 10 autres");
    assertThat(body.at("/data/messages")).hasSize(60);
    assertThat(body.at("/data/messages/59/id").asString()).isEqualTo(all.get(59).id());
    assertThat(state(all.get(3))).isEqualTo(State.GATHERED);
  }

  @Test
  void anHourTakesNoMoreThanItsShareAndTheRestFollowsAsOne() {
    room.set("vigie.alerts.most-an-hour", "4");
    Dispatch dispatch = room.dispatch();
    for (int i = 0; i < 30; i++) {
      add("no " + i);
      dispatch.step();
      room.now = room.now.plusSeconds(60);
    }
    assertThat(room.received).hasSize(4);

    room.now = room.now.plus(Duration.ofHours(1));
    dispatch.step();

    assertThat(room.received).hasSize(5);
    assertThat(room.received.get(4).body()).contains("26 messages en un", "no 4", "no 29");
  }

  @Test
  void oneRecipientThatIsDownHoldsUpNoOther() throws IOException {
    room.set("vigie.alerts.to.other.webhook", "http://127.0.0.1:1/closed");
    room.set(
        "vigie.alerts.to.other.secret-file", room.alertSettings().to().get("mes").secretFile());
    outgoing.add("other", "raised", "for the one that is down", "", Map.of());
    Message message = add("one");

    room.dispatch().step();

    assertThat(state(message)).isEqualTo(State.SENT);
    assertThat(outgoing.list(Optional.of(State.WAITING), 10))
        .singleElement()
        .satisfies(it -> assertThat(it.tries()).isEqualTo(1));
  }

  @Test
  void aTrialIsMadeAtOnceAndOnceOnly() {
    room.answer = 500;
    Dispatch dispatch = room.dispatch();

    Message failed = dispatch.trial("mes");
    room.answer = 200;
    Message arrived = dispatch.trial("mes");
    dispatch.step();

    assertThat(failed.state()).isEqualTo(State.GIVEN_UP);
    assertThat(failed.trouble()).contains("HTTP 500");
    assertThat(arrived.state()).isEqualTo(State.SENT);
    assertThat(room.received).hasSize(2);
  }

  @Test
  void trialsTakeNoMoreThanTheirShareOfAnHour() {
    room.set("vigie.alerts.most-an-hour", "2");
    Dispatch dispatch = room.dispatch();
    dispatch.trial("mes");
    dispatch.trial("mes");

    Message third = dispatch.trial("mes");

    assertThat(third.state()).isEqualTo(State.GIVEN_UP);
    assertThat(third.trouble().orElseThrow()).contains("2");
    assertThat(room.received).hasSize(2);
  }

  @Test
  void aKillBetweenTheSendingAndItsRecordSendsAgainWithTheSameId() throws IOException {
    Message message = add("one");
    room.carriers().of("mes").orElseThrow().carry(message);

    room.dispatch().step();

    assertThat(room.received)
        .hasSize(2)
        .extracting(Mailroom.Received::id)
        .containsOnly(message.id());
  }

  private Message add(String title) {
    return outgoing.add("mes", "raised", title, title + ".", Map.of("rule", "stopped"));
  }

  private Message found(Message message) {
    return outgoing.message(message.id()).orElseThrow();
  }

  private State state(Message message) {
    return found(message).state();
  }

  private Duration pause(Message message) {
    return Duration.between(room.now, found(message).nextTry());
  }
}
