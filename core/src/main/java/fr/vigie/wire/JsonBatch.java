package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.column.TimeGroups;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/** Writes a batch as JSON: times once a group, values in a list per signal. */
final class JsonBatch {
  private JsonBatch() {}

  static byte[] encode(Batch batch) {
    List<Batch.Part> parts =
        batch.parts().stream().sorted(Comparator.comparingInt(Batch.Part::signal)).toList();
    return Json.write(
        out -> {
          out.writeStringProperty("epoch", Long.toString(batch.epoch()));
          out.writeNumberProperty("sequence", batch.sequence());
          out.writeNumberProperty("floor", batch.floor());
          out.writeStringProperty("birth", BirthCodec.hex(batch.birth()));
          groups(out, parts);
          losses(out, batch.losses());
        });
  }

  private static void groups(JsonGenerator out, List<Batch.Part> parts) {
    TimeGroups groups = TimeGroups.of(parts.stream().map(Batch.Part::samples).toList());
    TimeBase base = TimeBase.of(groups);
    out.writeStringProperty("base", Nanos.instant(base.nanos()).toString());
    out.writeArrayPropertyStart("groups");
    List<List<Batch.Part>> members = groups.split(parts);
    for (int group = 0; group < groups.count(); group++) {
      Column times = groups.leader(group);
      TimeBase.Unit unit = base.unit(times);
      out.writeStartObject();
      out.writeStringProperty("unit", unit.word());
      out.writeArrayPropertyStart("times");
      for (int i = 0; i < times.size(); i++) {
        out.writeNumber(base.offset(times.nanos(i), unit));
      }
      out.writeEndArray();
      values(out, "numbers", members.get(group), false);
      values(out, "texts", members.get(group), true);
      qualities(out, members.get(group));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void values(
      JsonGenerator out, String name, List<Batch.Part> parts, boolean texts) {
    if (parts.stream().noneMatch(part -> part.samples().isText() == texts)) {
      return;
    }
    out.writeObjectPropertyStart(name);
    for (Batch.Part part : parts) {
      if (part.samples().isText() == texts) {
        out.writeName(Integer.toString(part.signal()));
        list(out, part.samples());
      }
    }
    out.writeEndObject();
  }

  private static void list(JsonGenerator out, Column column) {
    if (column.size() > 0 && isHeld(column)) {
      value(out, column, 0);
      return;
    }
    out.writeStartArray();
    for (int i = 0; i < column.size(); i++) {
      value(out, column, i);
    }
    out.writeEndArray();
  }

  private static void value(JsonGenerator out, Column column, int i) {
    if (column.quality(i) == Quality.MISSING) {
      out.writeNull();
    } else if (column.isText()) {
      out.writeString(Json.wellFormed(column.text(i)));
    } else {
      out.writeNumber(text(column.number(i)));
    }
  }

  private static String text(double number) {
    long whole = (long) number;
    boolean exact = Double.doubleToRawLongBits(whole) == Double.doubleToRawLongBits(number);
    return exact && Math.abs(number) < 1e15 ? Long.toString(whole) : Double.toString(number);
  }

  private static boolean isHeld(Column column) {
    for (int i = 1; i < column.size(); i++) {
      boolean missing = column.quality(i) == Quality.MISSING;
      if (missing != (column.quality(0) == Quality.MISSING)
          || (column.isText()
              ? !column.text(i).equals(column.text(0))
              : Double.doubleToRawLongBits(column.number(i))
                  != Double.doubleToRawLongBits(column.number(0)))) {
        return false;
      }
    }
    return true;
  }

  private static void qualities(JsonGenerator out, List<Batch.Part> parts) {
    boolean open = false;
    for (Batch.Part part : parts) {
      Column column = part.samples();
      List<Quality> found =
          IntStream.range(0, column.size())
              .mapToObj(column::quality)
              .filter(quality -> quality != Quality.MISSING)
              .distinct()
              .limit(2)
              .toList();
      if (found.isEmpty() || found.equals(List.of(Quality.GOOD))) {
        continue;
      }
      if (!open) {
        out.writeObjectPropertyStart("qualities");
        open = true;
      }
      out.writeName(Integer.toString(part.signal()));
      if (found.size() == 1) {
        out.writeString(found.get(0).name());
      } else {
        out.writeStartArray();
        for (int i = 0; i < column.size(); i++) {
          out.writeString(column.quality(i).name());
        }
        out.writeEndArray();
      }
    }
    if (open) {
      out.writeEndObject();
    }
  }

  private static void losses(JsonGenerator out, List<Loss> losses) {
    if (losses.isEmpty()) {
      return;
    }
    out.writeArrayPropertyStart("losses");
    for (Loss loss : losses) {
      out.writeStartObject();
      out.writeStringProperty("source", Json.wellFormed(loss.source()));
      out.writeStringProperty("from", loss.when().start().toString());
      out.writeStringProperty("to", loss.when().end().toString());
      out.writeNumberProperty("count", loss.count());
      out.writeStringProperty("reason", loss.reason().name());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
