package fr.vigie.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader printed in {@code docs/reference/wire.md} reads what agents write. */
class WireDocumentationTest {
  private static final String PRINT =
      """

      import sys
      birth = json.load(open(sys.argv[1], encoding="utf-8"))
      for row in samples(open(sys.argv[2], encoding="utf-8").read(), birth):
          value = row[3] if row[3] is None or isinstance(row[3], str) else float(row[3])
          sys.stdout.buffer.write(f"{row[0]}/{row[1]} {row[2]} {value} {row[4]}\\n".encode())
      """;

  @Test
  void pythonReaderOfTheDocumentationGivesTheSameSamples(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 on this machine");
    String page = Files.readString(Path.of("..", "docs", "reference", "wire.md"));
    int start = page.indexOf("```python\n") + "```python\n".length();
    String reader = page.substring(start, page.indexOf("```\n", start));
    Files.writeString(folder.resolve("reader.py"), reader + PRINT);
    Files.write(folder.resolve("birth"), GoldenFilesTest.golden("birth.json"));
    Files.write(folder.resolve("batch"), GoldenFilesTest.golden("batch.json"));

    Process python =
        new ProcessBuilder("/usr/bin/python3", "reader.py", "birth", "batch")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(python.getInputStream().readAllBytes(), UTF_8);

    assertThat(python.waitFor()).as(printed).isZero();
    assertThat(printed.lines().map(WireDocumentationTest::inJavaWords))
        .containsExactlyInAnyOrderElementsOf(expected());
  }

  /** Python prints 6.02e+23 where Java prints 6.02E23. */
  private static String inJavaWords(String line) {
    String[] words = line.split(" ", 3);
    int last = words[2].lastIndexOf(' ');
    String value = words[2].substring(0, last);
    boolean number = value.matches("-?[0-9].*");
    return words[0]
        + ' '
        + words[1]
        + ' '
        + (number ? Double.toString(Double.parseDouble(value)) : value)
        + words[2].substring(last);
  }

  private static List<String> expected() {
    List<String> lines = new ArrayList<>();
    for (Batch.Part part : Messages.batch().parts()) {
      Signal signal = Messages.BIRTH.signals().get(part.signal());
      Column column = part.samples();
      for (int i = 0; i < column.size(); i++) {
        Object value =
            column.quality(i) == Quality.MISSING ? "None" : column.get(i).value().toString();
        lines.add(
            signal.machine()
                + '/'
                + signal.name()
                + ' '
                + column.nanos(i)
                + ' '
                + value
                + ' '
                + column.quality(i));
      }
    }
    return lines;
  }
}
