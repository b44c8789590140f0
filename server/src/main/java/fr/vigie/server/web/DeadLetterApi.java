package fr.vigie.server.web;

import fr.vigie.server.ingest.DeadLetter;
import fr.vigie.server.ingest.DeadLetters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "losses")
final class DeadLetterApi {
  static final int MOST = 1_000;

  private final DeadLetters letters;
  private final MessageSource messages;

  DeadLetterApi(DeadLetters letters, MessageSource messages) {
    this.letters = letters;
    this.messages = messages;
  }

  /**
   * @param id for its bytes
   * @param bytes how many
   */
  record LetterView(String id, Instant at, String topic, String reason, long bytes) {
    static LetterView of(DeadLetter letter) {
      return new LetterView(
          letter.file(), letter.at(), letter.topic(), letter.reason(), letter.bytes());
    }
  }

  /**
   * @param came how many came since the start, those that came again included
   * @param kept how many are kept
   * @param dropped how many went since the start, for want of room
   * @param todo what to do about them, in the reader's language
   */
  record LettersView(long came, int kept, long dropped, String todo, List<LetterView> letters) {}

  @GetMapping
  @Operation(
      summary = "Messages that could not be read, the newest first",
      description = "A thousand of them, or 50 MiB, are kept; the oldest go first.")
  LettersView letters(
      @RequestParam(name = "limit", defaultValue = "100") int limit, Locale locale) {
    if (limit < 1 || limit > MOST) {
      throw Problem.wrong("problem.limit", MOST);
    }
    return new LettersView(
        letters.came(),
        letters.kept(),
        letters.dropped(),
        messages.getMessage("deadletters.todo", new Object[0], locale),
        letters.list(limit).stream().map(LetterView::of).toList());
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(summary = "The bytes of a message, as they came")
  ResponseEntity<byte[]> bytes(@PathVariable("id") String id) throws IOException {
    byte[] payload =
        letters
            .payload(id)
            .orElseThrow(() -> Problem.absent("problem.deadletter", Question.shortened(id)));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(id + ".bin").build().toString())
        .body(payload);
  }
}
