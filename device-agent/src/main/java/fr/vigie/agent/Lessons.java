package fr.vigie.agent;

import fr.vigie.agent.refine.Lesson;
import fr.vigie.agent.refine.Notebook;
import fr.vigie.agent.refine.Picture;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learned of signals, each in a file of the data folder that is replaced as a whole. A
 * signal has one writer.
 */
final class Lessons implements Notebook {
  /** Within the data folder. */
  static final String FOLDER = "learned";

  private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);

  private final Path folder;

  /**
   * @param folder made when there is something to keep
   */
  Lessons(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Lesson> find(Signal signal) {
    Path file = folder(signal).resolve(file(signal));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Lesson.parse(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn(
          "{}: what was learned cannot be read, and is learned anew: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void keep(Signal signal, Lesson lesson) {
    String name = signal.machine() + '/' + signal.name();
    String verdict = new Picture(signal, lesson).verdict();
    if (!lesson.refusal().isEmpty()) {
      LOG.warn("{}: {}; learning goes on. Give `thresholds` if you know them", name, verdict);
    } else if (!lesson.thresholds().isEmpty()) {
      LOG.info("{}: {}", name, verdict);
    }
    try {
      write(folder(signal), file(signal), lesson.toString());
    } catch (IOException e) {
      LOG.warn("{}: what was learned cannot be kept: {}", name, e.getMessage());
    }
  }

  private Path folder(Signal signal) {
    return folder.resolve(signal.machine());
  }

  private static String file(Signal signal) {
    return signal.name() + ".states";
  }

  private static void write(Path its, String name, String text) throws IOException {
    Files.createDirectories(its);
    Path fresh = its.resolve(name + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(
        fresh,
        its.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries = FileChannel.open(its, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
