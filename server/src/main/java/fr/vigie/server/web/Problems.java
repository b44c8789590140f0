package fr.vigie.server.web;

import fr.vigie.server.diagnosis.TooMuch;
import fr.vigie.server.diagnosis.WrongSort;
import fr.vigie.server.plant.MistakesFound;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every failure into a problem of RFC 9457, in the reader's language, without a trace. */
@RestControllerAdvice
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final MessageSource messages;

  Problems(MessageSource messages) {
    this.messages = messages;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(Problem problem, Locale locale) {
    ProblemDetail detail = detail(problem.status(), locale, problem.key(), problem.values());
    if (!problem.mistakes().isEmpty()) {
      detail.setProperty("mistakes", problem.mistakes());
    }
    return answer(detail);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mistakes(MistakesFound found, Locale locale) {
    return problem(Problem.mistaken(found.mistakes()), locale);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooMuch(TooMuch tooMuch, Locale locale) {
    return answer(
        detail(
            HttpStatus.CONTENT_TOO_LARGE,
            locale,
            "problem.samples",
            tooMuch.samples(),
            tooMuch.most()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongSort(WrongSort wrong, Locale locale) {
    return problem(Problem.of(wrong), locale);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e, Locale locale) {
    return answer(detail(HttpStatus.BAD_REQUEST, locale, "problem.unreadable"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mistyped(TypeMismatchException e, Locale locale) {
    return answer(detail(HttpStatus.BAD_REQUEST, locale, "problem.other"));
  }

  /** A client that went away needs no answer. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException e) {}

  @ExceptionHandler
  ResponseEntity<ProblemDetail> store(IOException e, Locale locale) {
    LOG.warn("the store could not be read: {}", e.toString());
    return answer(detail(HttpStatus.SERVICE_UNAVAILABLE, locale, "problem.store"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> absent(NoResourceFoundException e, Locale locale) {
    return answer(detail(HttpStatus.NOT_FOUND, locale, "problem.notfound"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> other(Exception e, Locale locale) {
    if (e instanceof ErrorResponse response) {
      HttpStatus status = HttpStatus.valueOf(response.getStatusCode().value());
      return ResponseEntity.status(status)
          .headers(response.getHeaders())
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(detail(status, locale, "problem.other"));
    }
    LOG.error("a request failed", e);
    return answer(detail(HttpStatus.INTERNAL_SERVER_ERROR, locale, "problem.other"));
  }

  private ProblemDetail detail(HttpStatus status, Locale locale, String key, Object... values) {
    ProblemDetail detail =
        ProblemDetail.forStatusAndDetail(status, messages.getMessage(key, values, locale));
    detail.setTitle(status.getReasonPhrase());
    return detail;
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
    return ResponseEntity.status(detail.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }
}
