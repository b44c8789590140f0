package fr.vigie.outbox;

import java.util.List;

/**
 * What opening an outbox found.
 *
 * @param pending records that wait for their release
 * @param cutBytes bytes at the end that were not a whole record, left by a power cut
 * @param damaged records that could not be read back and had not been counted before
 * @param notes one line for each thing that a person should know: where damage was, which copies
 *     were kept, which files are not ours
 * @param foreign names in the folder that are not the outbox's and were left alone
 */
public record Recovery(
    long pending, long cutBytes, long damaged, List<String> notes, List<String> foreign) {
  public Recovery {
    notes = List.copyOf(notes);
    foreign = List.copyOf(foreign);
  }

  /** The whole in one sentence for people. */
  public String message() {
    StringBuilder text = new StringBuilder("outbox opened with " + pending + " records pending");
    if (cutBytes > 0) {
      text.append(", recovered after a power cut: cut ").append(cutBytes).append(" bytes");
    }
    if (damaged > 0) {
      text.append(", skipped ").append(damaged).append(" damaged records");
    }
    notes.forEach(note -> text.append("; ").append(note));
    return text.toString();
  }
}
