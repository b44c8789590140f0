package fr.vigie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test class whose name no plugin looks for is a test that never runs. */
class EveryTestRunsTest {
  private static final Pattern TEST =
      Pattern.compile("@(Test|ParameterizedTest|TestFactory|RepeatedTest|ArchTest)\\b");

  @Test
  void everyFileWithTestsHasANameThatIsLookedFor() throws IOException {
    List<String> forgotten = new ArrayList<>();
    int seen = 0;
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file);
          if (!TEST.matcher(source).find()) {
            continue;
          }
          seen++;
          String name = file.getFileName().toString().replace(".java", "");
          boolean contract =
              source.contains("abstract class " + name) || source.contains("interface " + name);
          if (!name.endsWith("Test") && !name.endsWith("IT") && !contract) {
            forgotten.add(file.toString());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(10);
    assertThat(forgotten).isEmpty();
  }

  private static List<Path> modules() {
    return Stream.of("core", "device-agent", "server", "examples")
        .map(module -> Path.of("..", module, "src", "test", "java"))
        .filter(Files::isDirectory)
        .toList();
  }
}
