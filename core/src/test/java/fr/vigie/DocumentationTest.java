package fr.vigie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A code block below {@code <!-- from: FILE -->} is text of that file, which is compiled or run.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- from: (\\S+) -->\n```\\w*\n(.*?)\n```");

  @Test
  void everyCodeBlockThatNamesItsFileStandsThere() throws IOException {
    List<String> strangers = new ArrayList<>();
    int seen = 0;
    try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        String text = Files.readString(page);
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
          seen++;
          if (!stands(blocks.group(2), Files.readString(ROOT.resolve(blocks.group(1))))) {
            strangers.add(page + ", from " + blocks.group(1) + ":\n" + blocks.group(2));
          }
        }
        assertThat(text.split("<!-- from: ", -1).length - 1)
            .as("marks that are followed by a block in %s", page)
            .isEqualTo((int) BLOCK.matcher(text).results().count());
      }
    }
    assertThat(seen).isGreaterThan(10);
    assertThat(strangers).isEmpty();
  }

  @Test
  void theDriverOfAStrangerIsFourFiles() throws IOException {
    Path project = ROOT.resolve("examples/own-driver");
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .filter(file -> !file.startsWith(project.resolve("target"))))
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  /** Whole lines in their order, however far they are indented together. */
  private static boolean stands(String block, String file) {
    List<String> wanted = block.lines().toList();
    List<String> lines = file.lines().toList();
    for (int at = 0; at + wanted.size() <= lines.size(); at++) {
      String first = lines.get(at);
      String indent = first.substring(0, first.length() - first.stripLeading().length());
      boolean same = true;
      for (int i = 0; i < wanted.size() && same; i++) {
        String line = wanted.get(i).isEmpty() ? "" : indent + wanted.get(i);
        same = lines.get(at + i).equals(line);
      }
      if (same) {
        return true;
      }
    }
    return false;
  }
}
