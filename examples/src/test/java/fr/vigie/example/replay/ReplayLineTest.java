package fr.vigie.example.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReplayLineTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void figuresBecomeOneLineWithSecondsInMilliseconds() {
    String figures =
        """
        {"machine": "m", "states": {"ACTIVE": 4546.075000001, "READY": 22455.1859996},
         "parts": 10, "good": 10,
         "cycles": [{"start": "2017-02-07T16:02:39.250Z", "end": "2017-02-07T16:20:21.9375Z",
                     "seconds": 1062.6875}],
         "stops": {"count": 3, "seconds": 700.00049}, "microStops": {"count": 0, "seconds": 0},
         "unobservedSeconds": 27697.4894,
         "DO": {"ratio": 0.5, "numerator": 1, "denominator": 2}, "TP": {"ratio": null},
         "TQ": null}
        """;
    assertThat(ReplayLine.of("monday.txt.gz", JSON.readTree(figures)))
        .isEqualTo(
            "{\"log\":\"monday.txt.gz\",\"states\":{\"ACTIVE\":4546.075,\"READY\":22455.186},"
                + "\"parts\":10,\"cycles\":[{\"start\":\"2017-02-07T16:02:39.250Z\","
                + "\"end\":\"2017-02-07T16:20:21.9375Z\",\"seconds\":1062.688}],"
                + "\"stops\":{\"count\":3,\"seconds\":700.0},"
                + "\"microStops\":{\"count\":0,\"seconds\":0.0},\"unobservedSeconds\":27697.489,"
                + "\"DO\":0.5,\"TP\":null,\"TQ\":null,\"TRS\":null}");
  }
}
