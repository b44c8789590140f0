package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.SEPARATOR;
import static fr.vigie.server.explain.Entry.difference;
import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.rank;
import static fr.vigie.server.explain.Entry.set;
import static fr.vigie.server.explain.Evidence.DESCRIPTION;

import fr.vigie.condition.Limit;
import fr.vigie.condition.VibrationScale;
import fr.vigie.condition.VibrationScale.Zone;
import fr.vigie.server.plant.Instruments.Vibration;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.signal.Value.Number;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The last value of one watched signal, its zone, and how far its limits are. */
final class ConditionFigures {
  static final String PREFIX = "condition-";

  private static final List<Zone> ENDING = List.of(Zone.A, Zone.B, Zone.C);

  private final Watched watched;
  private final String signal;
  private final String unit;
  private final List<Entry> entries = new ArrayList<>();

  private ConditionFigures(Watched watched) {
    this.watched = watched;
    this.signal = watched.signal();
    this.unit = watched.vibration().isPresent() ? "mm/s" : "";
  }

  static List<Entry> of(List<Watched> all) {
    return all.stream().flatMap(watched -> new ConditionFigures(watched).all().stream()).toList();
  }

  private List<Entry> all() {
    add("condition", measured(PREFIX + signal, found -> amount(last(found)), samples()));
    for (int i = 0; i < watched.limits().size(); i++) {
      limit(i + 1, watched.limits().get(i));
    }
    watched.vibration().ifPresent(this::vibration);
    return entries;
  }

  private Evidence samples() {
    return Evidence.samples(signal);
  }

  private void limit(int number, Limit limit) {
    boolean above = limit.side() == Limit.Side.ABOVE;
    String name = "limit-" + number + '-' + signal;
    String value = PREFIX + signal;
    add(
        "margin",
        difference(
            "margin-" + number + '-' + signal,
            above ? List.of(name, value) : List.of(value, name),
            found ->
                amount(last(found).map(it -> above ? limit.limit() - it : it - limit.limit()))));
    add(above ? "limit-above" : "limit-below", setTo(name, limit.limit()));
  }

  private void vibration(Vibration vibration) {
    VibrationScale scale = vibration.scale();
    List<String> inputs = new ArrayList<>(List.of(PREFIX + signal));
    ENDING.forEach(zone -> inputs.add(end(zone)));
    add(
        "zone",
        rank("zone-" + signal, inputs, found -> zone(scale, last(found))).from(scale.title()));
    for (Zone zone : ENDING) {
      String title = "end-of-zone-" + zone.name().toLowerCase(Locale.ROOT);
      add(title, setTo(end(zone), scale.upperEnd(zone)).from(scale.title()));
    }
    OptionalDouble usual = vibration.usual();
    if (usual.isPresent()) {
      String name = "usual-" + signal;
      add(
          "change",
          difference(
              "change-" + signal,
              List.of(PREFIX + signal, name),
              found -> amount(last(found).map(it -> it - usual.getAsDouble()))));
      add("usual", setTo(name, usual.getAsDouble()));
    }
  }

  private static Amount zone(VibrationScale scale, Optional<Double> velocity) {
    Optional<Zone> zone = velocity.flatMap(scale::zone);
    Amount number = Amount.of(zone.map(it -> it.ordinal() + 1.0), "");
    return zone.map(it -> number.saying(it.name())).orElse(number);
  }

  private String end(Zone zone) {
    return "end-of-zone-" + zone.name().toLowerCase(Locale.ROOT) + '-' + signal;
  }

  private Entry setTo(String name, double number) {
    return set(name, found -> Amount.of(number, unit), DESCRIPTION);
  }

  private Optional<Double> last(Found found) throws IOException {
    return found
        .watched(signal)
        .last()
        .flatMap(
            sample ->
                sample.value() instanceof Number number
                    ? Optional.of(number.number())
                    : Optional.empty());
  }

  private Amount amount(Optional<Double> number) {
    return Amount.of(number, unit);
  }

  private void add(String key, Entry entry) {
    String about = watched.label().isEmpty() ? signal : watched.label();
    entries.add(entry.titled(words -> words.apply(key) + SEPARATOR + about).readFrom(signal));
  }
}
