package fr.vigie.server.delivery;

import fr.vigie.server.settings.AlertSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Delivers what waits, at least once: a message is marked as sent after the other side took it, so
 * that a kill in between has it sent again, with its id. A recipient that fails is left alone for a
 * while that doubles; many messages at once, or more than an hour's share, go as one. {@link #step}
 * is called by one thread.
 */
@Component
public class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** More that wait for one recipient go as one message. */
  private static final int MOST_AT_ONCE = 5;

  private static final int MOST_LINES = 50;
  private static final int LONGEST_TROUBLE = 300;

  private final Outgoing outgoing;
  private final Carriers carriers;
  private final AlertSettings settings;
  private final MessageSource words;
  private final InstantSource clock;
  private final Map<String, Pause> pauses = new HashMap<>();

  public Dispatch(
      Outgoing outgoing,
      Carriers carriers,
      AlertSettings settings,
      MessageSource words,
      InstantSource clock) {
    this.outgoing = outgoing;
    this.carriers = carriers;
    this.settings = settings;
    this.words = words;
    this.clock = clock;
  }

  private record Pause(Instant until, int failures) {}

  /** Tries everything whose time has come. */
  public void step() {
    Map<String, List<Message>> waiting =
        outgoing.waiting().stream()
            .collect(
                Collectors.groupingBy(Message::recipient, LinkedHashMap::new, Collectors.toList()));
    waiting.forEach(this::deliver);
  }

  /**
   * Sends a message to see whether it arrives: at once, and once only.
   *
   * @return what became of it
   */
  public Message trial(String recipient) {
    Message message =
        outgoing.add(recipient, "test", say("message.test.title"), say("message.test"), Map.of());
    if (room(recipient, clock.instant()) > 0) {
      tryOnce(message);
    } else {
      outgoing.givenUp(message, say("message.trouble.share", settings.mostAnHour()));
    }
    return outgoing.message(message.id()).orElse(message);
  }

  private void tryOnce(Message message) {
    try {
      carrier(message).carry(message);
      outgoing.sent(message);
    } catch (IOException e) {
      outgoing.givenUp(message, trouble(e));
    }
  }

  private void deliver(String recipient, List<Message> all) {
    Instant now = clock.instant();
    List<Message> waiting = new ArrayList<>();
    for (Message message : all) {
      if (message.kind().equals("test")) {
        // Its caller is trying it now, or a restart came in between.
        if (message.created().plus(LONGEST_WAIT).isBefore(now)) {
          outgoing.givenUp(message, say("message.trouble.interrupted"));
        }
      } else if (message.created().plus(settings.giveUpAfter()).isBefore(now)) {
        giveUp(message, message.trouble().orElseGet(() -> say("message.trouble.turn")));
      } else {
        waiting.add(message);
      }
    }
    Pause pause = pauses.getOrDefault(recipient, new Pause(Instant.MIN, 0));
    int room = room(recipient, now);
    if (room <= 0 || pause.until().isAfter(now)) {
      return;
    }
    for (Message message : gathered(waiting, Math.min(room, MOST_AT_ONCE))) {
      if (!message.nextTry().isAfter(now) && !attempt(message, pause.failures())) {
        return;
      }
    }
  }

  private int room(String recipient, Instant now) {
    return settings.mostAnHour() - outgoing.sentSince(recipient, now.minus(Duration.ofHours(1)));
  }

  /** At most so many, the untried ones as a digest when there are more. */
  private List<Message> gathered(List<Message> waiting, int most) {
    if (waiting.size() <= most) {
      return waiting;
    }
    List<Message> fresh =
        waiting.stream().filter(it -> it.tries() == 0 && !it.kind().equals("digest")).toList();
    List<Message> rest = new ArrayList<>(waiting);
    if (fresh.size() > 1) {
      rest.removeAll(fresh);
      rest.add(0, digest(fresh));
    }
    return rest.subList(0, Math.min(most, rest.size()));
  }

  private Message digest(List<Message> fresh) {
    String lines =
        fresh.stream().limit(MOST_LINES).map(Message::title).collect(Collectors.joining("\n"));
    int more = fresh.size() - MOST_LINES;
    return outgoing.gather(
        fresh,
        say("message.digest.title", fresh.size()),
        more > 0 ? lines + '\n' + say("message.digest.more", more) : lines,
        Map.of(
            "messages",
            fresh.stream()
                .map(it -> Map.of("id", it.id(), "kind", it.kind(), "data", it.data()))
                .toList()));
  }

  private boolean attempt(Message message, int failures) {
    try {
      carrier(message).carry(message);
      outgoing.sent(message);
      if (pauses.remove(message.recipient()) != null) {
        LOG.info("messages reach '{}' again", message.recipient());
      }
      return true;
    } catch (IOException e) {
      String trouble = trouble(e);
      Instant now = clock.instant();
      Duration pause = wait(failures);
      Duration own = wait(message.tries());
      outgoing.failed(message, trouble, now.plus(own.compareTo(pause) > 0 ? own : pause));
      pauses.put(message.recipient(), new Pause(now.plus(pause), failures + 1));
      if (failures == 0) {
        LOG.warn(
            "a message to '{}' was not delivered and is tried again for {} h: {}",
            message.recipient(),
            settings.giveUpAfter().toHours(),
            trouble);
      }
      return false;
    }
  }

  private Carrier carrier(Message message) throws IOException {
    return carriers
        .of(message.recipient())
        .orElseThrow(() -> new IOException(say("message.trouble.recipient")));
  }

  private void giveUp(Message message, String trouble) {
    LOG.error("message {} to '{}' is given up: {}", message.id(), message.recipient(), trouble);
    outgoing.givenUp(message, trouble);
  }

  /** Doubles, and is shortened at random by up to a half. */
  private static Duration wait(int failures) {
    long most =
        failures > 10
            ? LONGEST_WAIT.toMillis()
            : Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << failures);
    return Duration.ofMillis(most - RandomGenerator.getDefault().nextLong(most / 2 + 1));
  }

  private static String trouble(IOException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.length() > LONGEST_TROUBLE ? text.substring(0, LONGEST_TROUBLE) + "…" : text;
  }

  private String say(String key, Object... values) {
    return words.getMessage(key, values, settings.locale());
  }
}
