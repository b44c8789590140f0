package fr.vigie.example.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PseudoTerminalTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @TempDir Path folder;

  @BeforeEach
  void onlyLinuxHasThem() {
    assumeTrue(Platform.isLinux(), "pseudo-terminals are tested on Linux only");
  }

  @Test
  void everyByteValueArrivesUnchanged() throws IOException {
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"))) {
      byte[] bytes = new byte[256];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) i;
      }
      line.write(bytes);
      try (InputStream reader = Files.newInputStream(line.port())) {
        assertThat(reader.readNBytes(256)).isEqualTo(bytes);
      }
    }
  }

  @Test
  @Timeout(30)
  void bytesWaitWhileReadersComeAndGo() throws IOException {
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"))) {
      line.write(ascii("one"));
      try (InputStream reader = Files.newInputStream(line.port())) {
        assertThat(reader.readNBytes(3)).isEqualTo(ascii("one"));
      }
      line.write(ascii("two"));
      while (line.bytesWaiting() < 3) {
        Thread.onSpinWait();
      }
      try (InputStream reader = Files.newInputStream(line.port())) {
        assertThat(reader.readNBytes(3)).isEqualTo(ascii("two"));
      }
      assertThat(line.waiting()).isFalse();
    }
  }

  @Test
  void slowReaderGetsEveryByteOfALongStream() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"));
        InputStream reader = Files.newInputStream(line.port())) {
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeAll(line, bytes));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] some = new byte[97];
      while (read.size() < bytes.length) {
        read.write(some, 0, reader.read(some));
      }
      writer.get(10, TimeUnit.SECONDS);
      assertThat(read.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void writeGivesUpWhenNobodyReads() throws IOException {
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"))) {
      int taken = line.write(new byte[1_000_000], AT_ONCE);
      assertThat(taken).isBetween(4_000, 100_000);
      assertThat(line.write(new byte[1], AT_ONCE)).isZero();
      assertThat(line.waiting()).isTrue();
    }
  }

  @Test
  void closingFreesAWriterThatWaits() throws Exception {
    PseudoTerminal line = PseudoTerminal.open(folder.resolve("press"));
    line.write(new byte[1_000_000], AT_ONCE);
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeAll(line, new byte[9]));
    line.close();
    assertThatThrownBy(() -> writer.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(InterruptedIOException.class);
    assertThat(folder.resolve("press")).doesNotExist();
  }

  @Test
  void linkLeadsToTheNewLineAfterTheOldOneWasLeftBehind() throws IOException {
    Path port = folder.resolve("press");
    Files.createSymbolicLink(port, Path.of("/dev/pts/no-such-line"));
    try (PseudoTerminal line = PseudoTerminal.open(port)) {
      assertThat(Files.readSymbolicLink(port)).isEqualTo(line.device());
      assertThat(Files.exists(port)).isTrue();
    }
    assertThat(Files.exists(port, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void fileInTheWayIsNotReplaced() throws IOException {
    Path port = Files.writeString(folder.resolve("press"), "mine");
    assertThatThrownBy(() -> PseudoTerminal.open(port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(port.toString());
    assertThat(port).hasContent("mine");
  }

  private static void writeAll(PseudoTerminal line, byte[] bytes) {
    try {
      line.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
