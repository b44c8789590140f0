package fr.vigie.example.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.example.installation.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CableTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void aPulledCableLosesWhatIsSaidUntilItIsPluggedInAgain() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open(folder.resolve("device"));
        Cable cable = Cable.lay(device, folder.resolve("port"))) {
      device.write(bytes("one"));
      assertThat(heard(folder.resolve("port"), 3)).isEqualTo("one");
      cable.pull();
      assertThat(Files.exists(folder.resolve("port"))).isFalse();
      device.write(bytes("two"));
      assertThat(Waiting.until(PATIENCE, () -> !cable.waiting())).isTrue();
      cable.plug(folder.resolve("elsewhere"));
      device.write(bytes("three"));
      assertThat(heard(folder.resolve("elsewhere"), 5)).isEqualTo("three");
    }
  }

  @Test
  void noiseChangesWhatPasses() throws Exception {
    try (PseudoTerminal device = PseudoTerminal.open(folder.resolve("device"));
        Cable cable = Cable.lay(device, folder.resolve("port"))) {
      cable.noise(
          said ->
              new String(said, StandardCharsets.US_ASCII)
                  .replace('a', 'e')
                  .getBytes(StandardCharsets.US_ASCII));
      device.write(bytes("pass"));
      assertThat(heard(folder.resolve("port"), 4)).isEqualTo("pess");
    }
  }

  /** Read by another process, so that the port cannot become the terminal of this one. */
  private static String heard(Path port, int count) throws IOException, InterruptedException {
    Process reader =
        new ProcessBuilder("head", "-c", Integer.toString(count), port.toString()).start();
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    reader.getInputStream().transferTo(heard);
    reader.waitFor();
    return heard.toString(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
