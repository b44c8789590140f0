package fr.vigie.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.modbus.ModbusSignal;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference page of drivers against the drivers that are installed. */
class DriversPageTest {
  private static final Path PAGE = Path.of("../docs/reference/drivers.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*?) \\|");
  private static final Pattern INNER_ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+\\.[a-z-]+)` \\| (.*?) \\|");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path folder;

  @Test
  void everyInstalledDriverHasItsKeysAndDefaultsOnThePage() throws IOException {
    for (DriverType type : ServiceLoader.load(DriverType.class)) {
      assertThat(rows(section(type.name())))
          .as(type.name())
          .containsExactlyElementsOf(keys(type.config()));
    }
  }

  @Test
  void theKeysOfASignalAreOnThePage() throws IOException {
    List<String> names =
        rows(section("Signals")).stream().map(row -> row.split(" ", 2)[0]).toList();

    assertThat(names).containsExactlyElementsOf(Binder.keys(LineSignal.class));
  }

  @Test
  void theKeysOfAModbusSignalAreOnThePage() throws IOException {
    List<String> names =
        rows(section("Modbus signals")).stream().map(row -> row.split(" ", 2)[0]).toList();

    List<String> own = new ArrayList<>(Binder.keys(ModbusSignal.class));
    own.removeAll(Binder.keys(Refinement.class));
    assertThat(names).containsExactlyElementsOf(own);
  }

  @Test
  void theKeysWithinTheKeysOfASignalAreOnThePageWithTheirDefaults() throws IOException {
    String section = section("Signals");
    for (RecordComponent outer : Binder.components(LineSignal.class)) {
      Optional<Class<?>> inner = record(outer);
      if (inner.isPresent()) {
        String before = Binder.key(outer) + '.';
        List<String> rows = new ArrayList<>();
        Matcher matcher = INNER_ROW.matcher(section);
        while (matcher.find()) {
          if (matcher.group(1).startsWith(before)) {
            rows.add(
                (matcher.group(1).substring(before.length())
                        + ' '
                        + matcher.group(2).replace("`", ""))
                    .strip());
          }
        }
        assertThat(rows).as(before).containsExactlyElementsOf(keys(inner.get()));
      }
    }
  }

  /** The record that an optional key holds, if it holds one. */
  private static Optional<Class<?>> record(RecordComponent key) {
    return key.getGenericType() instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] instanceof Class<?> inner
            && inner.isRecord()
        ? Optional.of(inner)
        : Optional.empty();
  }

  @Test
  void everyExampleOfThePageIsAConfigurationWithoutMistakes() throws Exception {
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    int read = 0;
    while (examples.find()) {
      Path file =
          Files.writeString(
              folder.resolve("agent.yaml"),
              "site: a\nagent: b\nbroker: tcp://127.0.0.1\ndata: /var/lib/vigie\n"
                  + examples.group(1));
      assertThat(ConfigReader.read(file).sensors()).hasSize(1);
      read++;
    }
    assertThat(read).isGreaterThanOrEqualTo(3);
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n## " + heading + "\n");
    assertThat(start).as("a section '%s' in %s", heading, PAGE).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static List<String> rows(String section) {
    List<String> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(section);
    while (matcher.find()) {
      rows.add((matcher.group(1) + ' ' + matcher.group(2).replace("`", "")).strip());
    }
    return rows;
  }

  private static List<String> keys(Class<?> config) {
    return Binder.components(config).stream().map(DriversPageTest::row).toList();
  }

  private static String row(RecordComponent component) {
    Default value = component.getAnnotation(Default.class);
    boolean needed =
        value == null
            && component.getType() != Optional.class
            && component.getType() != List.class
            && !component.getName().equals("signals");
    String shown = value != null ? value.value() : needed ? "" : "none";
    return (Binder.key(component) + ' ' + (component.getName().equals("signals") ? "" : shown))
        .strip();
  }
}
