package fr.vigie.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FirmwareDocumentationTest {
  private static final Path ROOT = Path.of("..");

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void theTutorialShowsTheSketchThatIsTested() throws IOException {
    assertThat(read("docs/tutorial/first-firmware.md"))
        .contains(read("examples/firmware/examples/light/light.ino"));
  }

  @Test
  void theLibraryStaysOneFileThatIsReadInOneSitting() throws IOException {
    assertThat(read("examples/firmware/vigie.h").lines()).hasSizeLessThanOrEqualTo(400);
    assertThat(
            read("examples/firmware/vigie.h").lines().filter(line -> line.startsWith("#include")))
        .containsExactly("#include <stdbool.h>", "#include <stddef.h>", "#include <stdint.h>");
  }
}
