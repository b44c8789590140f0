package fr.vigie.server.web;

import fr.vigie.server.diagnosis.WrongSort;
import fr.vigie.server.plant.Mistake;
import fr.vigie.server.store.Series;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A question that cannot be answered; its message is found in the reader's language. */
final class Problem extends RuntimeException {
  private final HttpStatus status;
  private final String key;
  private final transient Object[] values;
  private final transient List<Mistake> mistakes;

  private Problem(HttpStatus status, String key, List<Mistake> mistakes, Object... values) {
    super(key);
    this.status = status;
    this.key = key;
    this.values = values.clone();
    this.mistakes = List.copyOf(mistakes);
  }

  static Problem wrong(String key, Object... values) {
    return new Problem(HttpStatus.BAD_REQUEST, key, List.of(), values);
  }

  static Problem of(WrongSort wrong) {
    Series series = wrong.series();
    return wrong(
        wrong.wantsTexts() ? "problem.wantedtexts" : "problem.wantednumbers",
        series.machine(),
        series.signal());
  }

  static Problem absent(String key, Object... values) {
    return new Problem(HttpStatus.NOT_FOUND, key, List.of(), values);
  }

  static Problem conflict(String key, Object... values) {
    return new Problem(HttpStatus.CONFLICT, key, List.of(), values);
  }

  static Problem tooMuch(String key, Object... values) {
    return new Problem(HttpStatus.CONTENT_TOO_LARGE, key, List.of(), values);
  }

  static Problem busy(String key) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, key, List.of());
  }

  static Problem mistaken(List<Mistake> mistakes) {
    return new Problem(HttpStatus.BAD_REQUEST, "problem.mistakes", mistakes, mistakes.size());
  }

  HttpStatus status() {
    return status;
  }

  String key() {
    return key;
  }

  Object[] values() {
    return values.clone();
  }

  List<Mistake> mistakes() {
    return mistakes;
  }
}
