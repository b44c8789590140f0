package fr.vigie.agent.driver.meter;

import static fr.vigie.agent.driver.Quantity.counter;
import static fr.vigie.agent.driver.Quantity.gauge;

import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.telegram.TicGroup;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The labels of a French meter that are signals. Those that identify the site are not here. */
final class TicLabels {
  private static final List<Quantity> HISTORIQUE =
      Stream.of(
              Stream.of(
                      "BASE", "HCHC", "HCHP", "EJPHN", "EJPHPM", "BBRHCJB", "BBRHPJB", "BBRHCJW",
                      "BBRHPJW", "BBRHCJR", "BBRHPJR")
                  .map(label -> counter(label, "W.h")),
              Stream.of(
                      "IINST", "IINST1", "IINST2", "IINST3", "IMAX", "IMAX1", "IMAX2", "IMAX3",
                      "ISOUSC", "ADPS", "ADIR1", "ADIR2", "ADIR3")
                  .map(label -> gauge(label, "A")),
              Stream.of(gauge("PAPP", "V.A"), gauge("PMAX", "W"), gauge("PEJP", "min")),
              Stream.of("OPTARIF", "PTEC", "DEMAIN", "HHPHC", "MOTDETAT", "PPOT")
                  .map(Quantity::state))
          .flatMap(labels -> labels)
          .toList();

  private static final List<Quantity> STANDARD =
      Stream.of(
              Stream.of("EAST", "EAIT").map(label -> counter(label, "W.h")),
              IntStream.rangeClosed(1, 10)
                  .mapToObj(i -> counter(String.format("EASF%02d", i), "W.h")),
              IntStream.rangeClosed(1, 4)
                  .mapToObj(i -> counter(String.format("EASD%02d", i), "W.h")),
              IntStream.rangeClosed(1, 4).mapToObj(i -> counter("ERQ" + i, "var.h")),
              Stream.of("IRMS1", "IRMS2", "IRMS3").map(label -> gauge(label, "A")),
              Stream.of("URMS1", "URMS2", "URMS3", "UMOY1", "UMOY2", "UMOY3")
                  .map(label -> gauge(label, "V")),
              Stream.of("PREF", "PCOUP").map(label -> gauge(label, "kV.A")),
              Stream.of(
                      "SINSTS",
                      "SINSTS1",
                      "SINSTS2",
                      "SINSTS3",
                      "SMAXSN",
                      "SMAXSN1",
                      "SMAXSN2",
                      "SMAXSN3",
                      "SMAXSN-1",
                      "SMAXSN1-1",
                      "SMAXSN2-1",
                      "SMAXSN3-1",
                      "SINSTI",
                      "SMAXIN",
                      "SMAXIN-1")
                  .map(label -> gauge(label, "V.A")),
              Stream.of("CCASN", "CCASN-1", "CCAIN", "CCAIN-1").map(label -> gauge(label, "W")),
              Stream.of("NGTF", "LTARF", "STGE", "MSG1", "MSG2", "RELAIS", "NTARF", "NJOURF")
                  .map(Quantity::state))
          .flatMap(labels -> labels)
          .toList();

  /** What the texts of some labels look like; the checksum alone does not see every bit. */
  private static final Map<String, Pattern> FORMS =
      Map.of(
          "OPTARIF", Pattern.compile("BASE|HC\\.\\.|EJP\\.|BBR[!-~]"),
          "PTEC", Pattern.compile("(TH|HC|HP|HN|PM)\\.\\.|H[CP]J[BWR]"),
          "DEMAIN", Pattern.compile("----|BLEU|BLAN|ROUG"),
          "HHPHC", Pattern.compile("[A-Z]"),
          "MOTDETAT", Pattern.compile("[0-9A-F]{6}"),
          "PPOT", Pattern.compile("[0-9A-F]{2}"),
          "STGE", Pattern.compile("[0-9A-F]{8}"),
          "RELAIS", Pattern.compile("\\d{3}"),
          "NTARF", Pattern.compile("\\d{2}"),
          "NJOURF", Pattern.compile("\\d{2}"));

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private TicLabels() {}

  static List<Quantity> of(LinkyTic.Mode mode) {
    return switch (mode) {
      case HISTORIQUE -> HISTORIQUE;
      case STANDARD -> STANDARD;
      case AUTO -> Stream.concat(HISTORIQUE.stream(), STANDARD.stream()).toList();
    };
  }

  /** What a group says; empty when it has another form than its label asks for. */
  static Optional<Value> value(Signal signal, TicGroup group) {
    String data = group.data();
    if (!signal.kind().isText()) {
      return NUMBER.matcher(data).matches()
          ? Optional.of(Value.of(Integer.parseInt(data)))
          : Optional.empty();
    }
    Pattern form = FORMS.get(group.label());
    return form == null || form.matcher(data).matches()
        ? Optional.of(Value.of(data.strip()))
        : Optional.empty();
  }
}
