package fr.vigie.example.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedLogTest {
  private static final String LOG =
      """
      2017-02-01T12:18:02.2343750Z|Program_Status|READY|Part_Count|1065

      not a line of a log
      2017-02-01T12:17:00.5Z|Part_Count|1065\r
      2017-02-01T12:22:43.5468750Z|Spindle_Speed|995.52""";

  @TempDir Path folder;

  @Test
  void plainLogIsCountedWithoutBlankLines() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), LOG);
    assertThat(RecordedLog.scan(file))
        .isEqualTo(
            new RecordedLog(
                file,
                4,
                Instant.parse("2017-02-01T12:17:00.5Z"),
                Instant.parse("2017-02-01T12:22:43.546875Z")));
  }

  @Test
  void gzippedLogIsTheSameWhateverItsName() throws IOException {
    for (String name : new String[] {"a.txt.gz", "packed.log"}) {
      Path file = gzip(folder.resolve(name), LOG);
      assertThat(RecordedLog.scan(file).lines()).isEqualTo(4);
    }
  }

  @Test
  void bytesOfALineAreKept() throws IOException {
    byte[] latin = {'a', '|', (byte) 0xe9, '|', (byte) 0xff, '\n', 'b'};
    Path file = Files.write(folder.resolve("a"), latin);
    try (LogLines lines = new LogLines(file)) {
      assertThat(LogLines.bytes(lines.next().orElseThrow())).isEqualTo(Arrays.copyOf(latin, 5));
      assertThat(lines.next()).contains("b");
      assertThat(lines.next()).isEmpty();
      assertThat(lines.next()).isEmpty();
    }
  }

  @Test
  void wrongFilesAreToldApart() throws IOException {
    Path absent = folder.resolve("absent.txt");
    assertThatThrownBy(() -> RecordedLog.scan(absent)).hasMessage(absent + ": no such file");

    Path notGzip = Files.writeString(folder.resolve("b.gz"), LOG);
    assertThatThrownBy(() -> RecordedLog.scan(notGzip))
        .hasMessage(notGzip + ": is named .gz and is not gzip");

    Path whole = gzip(folder.resolve("c.gz"), LOG.repeat(99));
    byte[] bytes = Files.readAllBytes(whole);
    Path torn = Files.write(folder.resolve("d.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> RecordedLog.scan(torn)).hasMessageContaining("not a whole gzip file");

    Path empty = Files.writeString(folder.resolve("e.txt"), "\n \n");
    assertThatThrownBy(() -> RecordedLog.scan(empty)).hasMessageContaining("is empty, wanted");

    Path other = Files.writeString(folder.resolve("f.csv"), "\ntime;key\u0007;value\n");
    assertThatThrownBy(() -> RecordedLog.scan(other))
        .hasMessageContaining("f.csv:2  found 'time;key\u00b7;value', wanted timestamp|key|value");
  }

  @Test
  void endlessLineIsRefusedInBoundedMemory() throws IOException {
    byte[] endless = new byte[5_000_000];
    Arrays.fill(endless, (byte) 'x');
    Path file = Files.write(folder.resolve("a"), endless);
    assertThatThrownBy(() -> RecordedLog.scan(file)).hasMessageContaining("line 1 is longer");
  }

  @Test
  void logsOfOneNameGetMachinesOfTheirOwn() {
    MachineNames names = new MachineNames();
    assertThat(names.of(Path.of("a/Plate-01of20.txt.gz"))).isEqualTo("Plate-01of20");
    assertThat(names.of(Path.of("b/Plate-01of20.txt"))).isEqualTo("Plate-01of20-2");
    assertThat(names.of(Path.of("c/Plate-01of20.txt"))).isEqualTo("Plate-01of20-3");
    assertThat(names.of(Path.of("Été n° 1.log"))).isEqualTo("t-n-1");
    assertThat(names.of(Path.of("…"))).isEqualTo("log");
    assertThat(fr.vigie.signal.Names.isName(names.of(Path.of("x".repeat(200))))).isTrue();
    assertThat(fr.vigie.signal.Names.isName(names.of(Path.of("x".repeat(200))))).isTrue();
  }

  private static Path gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
