package fr.vigie.example.fault.link;

import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** How old the newest value is that the server shows. */
final class Age {
  private Age() {}

  /** Of the press, whose values are dated when they are heard; a day when there is none. */
  static Duration ofNewest(Trial trial, InstantSource clock) throws IOException {
    try {
      JsonNode last = trial.server().api().live(Workshop.PRESS).path("lastData");
      return last.isString()
          ? Duration.between(Instant.parse(last.asString("")), clock.instant())
          : Duration.ofDays(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Duration.ofDays(1);
    }
  }
}
