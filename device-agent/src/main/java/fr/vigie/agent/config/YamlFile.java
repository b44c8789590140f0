package fr.vigie.agent.config;

import fr.vigie.agent.config.ConfigException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads files of YAML into trees. */
final class YamlFile {
  private static final int MOST_BYTES = 1 << 20;

  private YamlFile() {}

  /**
   * @param wanted what the file should be, for one that is not there
   */
  static Node read(Path file, String wanted) throws ConfigException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw whole(file, Files.size(file) + " bytes", "at most " + MOST_BYTES + " bytes");
      }
      return compose(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw whole(file, "no file at " + file.toAbsolutePath(), wanted);
    } catch (IOException e) {
      throw whole(file, "a file that cannot be read (" + e.getMessage() + ")", "a readable file");
    }
  }

  /** Reads a file that a configuration names. */
  static Node read(String path) throws ConfigException {
    try {
      return read(Path.of(path), "a file");
    } catch (InvalidPathException e) {
      throw whole(Path.of("/"), "'" + path + "'", "a path");
    }
  }

  /** Reads a file that comes with the agent. */
  static Node beside(Class<?> type, String name) throws ConfigException {
    try (InputStream in = type.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException(name + ".yaml is not beside " + type);
      }
      return compose(Path.of(name + ".yaml"), in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(name + ".yaml cannot be read", e);
    }
  }

  private static Node compose(Path file, byte[] bytes) throws ConfigException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.getFileName().toString())
            .setCodePointLimit(MOST_BYTES)
            .setUseMarks(true)
            .build();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(
              () -> whole(file, "nothing", "a configuration, see docs/reference/drivers.md"));
    } catch (CharacterCodingException e) {
      throw whole(file, "bytes that are not UTF-8", "a text in UTF-8");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new ConfigException(
          file, List.of(new Problem(line, "", "text that is not YAML", "YAML: " + e.getProblem())));
    } catch (StackOverflowError e) {
      throw whole(file, "lists or keys nested without end", "a configuration a few levels deep");
    } catch (YamlEngineException e) {
      throw whole(file, "text that is not YAML", "YAML: " + e.getMessage());
    }
  }

  private static ConfigException whole(Path file, String found, String wanted) {
    return new ConfigException(file, List.of(new Problem(0, "", found, wanted)));
  }
}
