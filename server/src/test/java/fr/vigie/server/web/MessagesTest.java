package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.benchmark.Cell;
import fr.vigie.benchmark.Merge;
import fr.vigie.condition.VibrationScale;
import fr.vigie.maturity.Indicator;
import fr.vigie.production.MachineState;
import fr.vigie.production.Refusal;
import fr.vigie.production.Remark;
import fr.vigie.reason.BigLoss;
import fr.vigie.server.diagnosis.HoleReason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Pattern PLACE = Pattern.compile("(?<!')\\{([0-9]+)");

  @Test
  void bothLanguagesSayTheSameThings() throws IOException {
    assertThat(read("fr").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(read("en").stringPropertyNames());
  }

  @Test
  void bothLanguagesTakeTheSameValues() throws IOException {
    Properties french = read("fr");
    Properties english = read("en");
    for (String key : french.stringPropertyNames()) {
      Set<Integer> places = places(french.getProperty(key));
      assertThat(places(english.getProperty(key))).as(key).isEqualTo(places);
      assertThat(places).as(key).doesNotContainNull().allMatch(place -> place < places.size());
    }
  }

  /** An apostrophe that stands alone swallows the values after it. */
  @Test
  void everyTextShowsAllOfItsValuesAndItsApostrophes() throws IOException {
    for (String language : List.of("fr", "en")) {
      Properties texts = read(language);
      for (String key : texts.stringPropertyNames()) {
        String text = texts.getProperty(key);
        List<Object> values = new ArrayList<>();
        places(text).forEach(place -> values.add(1_000_000 + place));
        String said =
            new MessageFormat(text, Locale.forLanguageTag(language)).format(values.toArray());
        assertThat(said).as(key).doesNotContain("''").doesNotContainPattern("\\{[0-9]");
        assertThat(text.replace("''", "").replaceAll("'[{}]+'", "")).as(key).doesNotContain("'");
      }
    }
  }

  @Test
  void everythingThatHasATextHasOne() throws IOException {
    Set<String> wanted = new TreeSet<>();
    add(wanted, "hole.", HoleReason.values());
    add(wanted, "refused.", Refusal.values());
    add(wanted, "remark.", Remark.values());
    add(wanted, "loss.", BigLoss.values());
    add(wanted, "state.", MachineState.values());
    add(wanted, "scale.", VibrationScale.values());
    for (BigLoss loss : BigLoss.values()) {
      wanted.add("figure.loss-" + LossesView.word(loss));
    }
    for (Indicator indicator : Indicator.values()) {
      wanted.add("maturity." + indicator);
      wanted.add("maturity." + indicator + ".formula");
    }
    for (Merge.Why why : Merge.Why.values()) {
      wanted.add("merge." + LossesView.word(why));
    }
    for (Cell.Why why : Cell.Why.values()) {
      wanted.add("benchmark." + LossesView.word(why));
    }
    assertThat(read("fr").stringPropertyNames()).containsAll(wanted);
  }

  private static void add(Set<String> keys, String prefix, Enum<?>[] constants) {
    for (Enum<?> constant : constants) {
      keys.add(prefix + constant.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Set<Integer> places(String text) {
    Set<Integer> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text.replace("''", ""));
    while (matcher.find()) {
      places.add(Integer.valueOf(matcher.group(1)));
    }
    return places;
  }

  private static Properties read(String language) throws IOException {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                MessagesTest.class.getResourceAsStream("/messages_" + language + ".properties")),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
