package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.refine.Lesson;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonsTest {
  private static final Signal CURRENT = new Signal("press-1", "current", Kind.GAUGE, "A");
  private static final String TEXT =
      """
      vigie-states 1
      from 2026-11-24T08:00:00Z
      until 2026-11-25T08:00:00Z
      name off
      name working
      threshold 1.25
      load 401 3600000000000
      load 701 3600000000000
      """;

  @TempDir Path folder;

  @Test
  void whatWasLearnedIsThereAfterARestart() throws IOException {
    new Lessons(folder).keep(CURRENT, Lesson.parse(TEXT));

    assertThat(new Lessons(folder).find(CURRENT).orElseThrow().thresholds()).containsExactly(1.25);
    assertThat(new Lessons(folder).find(CURRENT).orElseThrow()).hasToString(TEXT);
    try (var files = Files.list(folder.resolve("press-1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly("current.states");
    }
  }

  @Test
  void aDamagedFileIsLearnedAnew() throws IOException {
    new Lessons(folder).keep(CURRENT, Lesson.parse(TEXT));
    Path file = folder.resolve("press-1").resolve("current.states");
    for (byte[] damaged :
        List.of(
            new byte[0],
            new byte[] {(byte) 0xFF, 0},
            "vigie-states 1\nfr".getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, damaged);

      assertThat(new Lessons(folder).find(CURRENT)).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoReasonToStopReading() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");

    new Lessons(file).keep(CURRENT, Lesson.parse(TEXT));

    assertThat(new Lessons(file).find(CURRENT)).isEmpty();
  }
}
