package fr.vigie.wire;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Births as JSON, see {@code docs/reference/wire.md}. Safe for use by several threads. */
public final class BirthCodec {
  private BirthCodec() {}

  public static byte[] encode(Birth birth) {
    return Json.write(
        out -> {
          out.writeStringProperty("agent", birth.agent());
          out.writeStringProperty("software", Json.wellFormed(birth.software()));
          out.writeStringProperty("at", birth.at().toString());
          out.writeStringProperty("id", hex(birth.id()));
          out.writeArrayPropertyStart("signals");
          for (Signal signal : birth.signals()) {
            out.writeStartObject();
            out.writeStringProperty("machine", signal.machine());
            out.writeStringProperty("name", signal.name());
            out.writeStringProperty("kind", word(signal.kind()));
            out.writeStringProperty("unit", Json.wellFormed(signal.unit()));
            out.writeEndObject();
          }
          out.writeEndArray();
          if (!birth.sensors().isEmpty()) {
            out.writeObjectPropertyStart("sensors");
            birth
                .sensors()
                .forEach(
                    (sensor, places) -> {
                      out.writeArrayPropertyStart(sensor);
                      for (int place : places) {
                        out.writeNumber(place);
                      }
                      out.writeEndArray();
                    });
            out.writeEndObject();
          }
        });
  }

  /**
   * @throws WireException when the bytes are not a birth, or its identifier is not that of its
   *     signals
   */
  public static Birth decode(byte[] bytes) throws WireException {
    return Json.read("birth", bytes, in -> new Draft(in).birth());
  }

  static String hex(int id) {
    return String.format("%08x", id);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static final class Draft {
    private final JsonReader in;
    private @Nullable String agent;
    private @Nullable String software;
    private @Nullable Instant at;
    private @Nullable Integer id;
    private @Nullable List<Signal> signals;
    private final Map<String, List<Integer>> sensors = new HashMap<>();

    Draft(JsonReader in) {
      this.in = in;
    }

    Birth birth() throws WireException {
      in.versioned(this::field);
      Birth birth =
          new Birth(
              in.required("agent", agent),
              in.required("software", software),
              in.required("at", at),
              in.required("signals", signals),
              sensors);
      int said = in.required("id", id);
      if (said != birth.id()) {
        throw new WireException(
            "birth: id: found " + hex(said) + ", wanted " + hex(birth.id()) + " for these signals");
      }
      return birth;
    }

    private void field(String name) throws WireException {
      switch (name) {
        case "agent" -> agent = in.text(name);
        case "software" -> software = in.text(name);
        case "at" -> at = in.instant(name);
        case "id" -> id = in.hex(name);
        case "signals" -> signals = signals();
        case "sensors" -> in.object(name, this::sensor);
        default -> in.skip();
      }
    }

    private List<Signal> signals() throws WireException {
      List<Signal> list = new ArrayList<>();
      in.array(
          "signals",
          () -> {
            if (list.size() == Birth.MOST_SIGNALS) {
              throw new WireException("birth: found more than " + Birth.MOST_SIGNALS + " signals");
            }
            list.add(signal());
          });
      return list;
    }

    private void sensor(String name) throws WireException {
      List<Integer> places = new ArrayList<>();
      in.array(
          name,
          () -> {
            if (places.size() == Birth.MOST_SIGNALS) {
              throw new WireException("birth: a sensor gives too many signals");
            }
            places.add((int) Math.min(Integer.MAX_VALUE, in.whole(name)));
          });
      if (sensors.size() == Birth.MOST_SIGNALS || sensors.put(name, places) != null) {
        throw new WireException("birth: a sensor stands twice, or there are too many");
      }
    }

    private Signal signal() throws WireException {
      @Nullable String[] text = new @Nullable String[3];
      @Nullable Kind[] kind = new @Nullable Kind[1];
      in.object(
          "signal",
          name -> {
            switch (name) {
              case "machine" -> text[0] = in.text(name);
              case "name" -> text[1] = in.text(name);
              case "kind" -> kind[0] = in.word(name, Kind.class, BirthCodec::word);
              case "unit" -> text[2] = in.text(name);
              default -> in.skip();
            }
          });
      return new Signal(
          in.required("machine", text[0]),
          in.required("name", text[1]),
          in.required("kind", kind[0]),
          in.required("unit", text[2]));
    }
  }
}
