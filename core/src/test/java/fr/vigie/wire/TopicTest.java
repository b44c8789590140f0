package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  @ParameterizedTest
  @EnumSource(Topic.Channel.class)
  void topicIsReadBackFromItsText(Topic.Channel channel) throws WireException {
    Topic topic = new Topic("lyon", "press-7", channel);

    assertThat(Topic.parse(topic.toString())).isEqualTo(topic);
  }

  @Test
  void topicAndFilterHaveTheLevelsThatTheBrokersRulesNeed() {
    assertThat(new Topic("lyon", "press-7", Topic.Channel.CMD))
        .hasToString("vigie/v1/lyon/press-7/cmd");
    assertThat(Topic.filter(Topic.Channel.DATA)).isEqualTo("vigie/v1/+/+/data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vigie/v1/lyon/press-7",
        "vigie/v1/lyon/press-7/data/",
        "/vigie/v1/lyon/press-7/data",
        "vigie/v2/lyon/press-7/data",
        "vigie/v1/+/press-7/data",
        "vigie/v1/lyon//data",
        "vigie/v1/lyon/press-7/DATA",
        "vigie/v1/ly on/press-7/data",
        "vigie/v1/../press-7/data"
      })
  void otherTopicIsRefusedWithWhatWasWanted(String text) {
    assertThatThrownBy(() -> Topic.parse(text))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("wanted vigie/v1/<site>/<agent>/");
  }

  @Test
  void topicOfAWrongNameCannotBeMade() {
    assertThatThrownBy(() -> new Topic("a/b", "press-7", Topic.Channel.DATA))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
