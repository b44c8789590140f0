package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** There is no keyboard to be held on a build server: a pipe gives the bytes in its place. */
@Timeout(60)
class InputDeviceTest {
  @TempDir Path folder;

  private Path pipe() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
    Path pipe = folder.resolve("event0");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @Test
  void eventsAreReadWholeAndSilenceIsNone() throws IOException, InterruptedException {
    Path pipe = pipe();
    byte[] events = new byte[3 * InputDevice.EVENT_BYTES];
    events[0] = 1;
    events[events.length - 1] = 3;
    byte[] into = new byte[2 * InputDevice.EVENT_BYTES + 5];
    try (InputDevice device = InputDevice.openShared(pipe)) {
      try (OutputStream out = Files.newOutputStream(pipe)) {
        assertThat(device.read(into)).isZero();
        out.write(events);
        assertThat(device.read(into)).isEqualTo(2 * InputDevice.EVENT_BYTES);
        assertThat(into[0]).isEqualTo((byte) 1);
        assertThat(device.read(into)).isEqualTo(InputDevice.EVENT_BYTES);
        assertThat(into[InputDevice.EVENT_BYTES - 1]).isEqualTo((byte) 3);
      }
      assertThatThrownBy(() -> device.read(into))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is gone");
    }
  }

  @Test
  void whatDoesNotTypeIsRefused() throws IOException, InterruptedException {
    Path pipe = pipe();
    assertThatThrownBy(() -> InputDevice.open(pipe))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no device that types");
    assertThatThrownBy(() -> InputDevice.open(folder.resolve("absent")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plugged in");
  }
}
