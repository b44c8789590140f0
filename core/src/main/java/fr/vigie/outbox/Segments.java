package fr.vigie.outbox;

import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The segments in use, oldest first, and the files that wait to become one again. */
final class Segments implements Iterable<Segment> {
  static final Pattern NAME = Pattern.compile("\\d{4,9}\\.segment");

  /** A file that holds nothing that counts. */
  record Slot(String name, DiskFile file, int size) {}

  private final Disk disk;
  private final Outbox.Settings settings;
  private final List<Segment> used = new ArrayList<>();
  private final List<Slot> free = new ArrayList<>();
  private int names;

  Segments(Disk disk, Outbox.Settings settings) {
    this.disk = disk;
    this.settings = settings;
  }

  void add(Segment segment) {
    used.add(segment);
    named(segment.name);
  }

  void addFree(Slot slot) {
    free.add(slot);
    named(slot.name);
  }

  /** Keeps the name of a file from being given to a new one. */
  void named(String name) {
    names = Math.max(names, Integer.parseInt(name.substring(0, name.indexOf('.'))));
  }

  boolean isEmpty() {
    return used.isEmpty();
  }

  int size() {
    return used.size();
  }

  Segment get(int index) {
    return used.get(index);
  }

  Segment oldest() {
    return used.get(0);
  }

  Segment newest() {
    return used.get(used.size() - 1);
  }

  boolean hasFree() {
    return !free.isEmpty();
  }

  @Override
  public Iterator<Segment> iterator() {
    return used.iterator();
  }

  /** Makes the file of a segment free. */
  Segment remove(int index) {
    Segment gone = used.remove(index);
    free.add(new Slot(gone.name, gone.file, gone.size));
    return gone;
  }

  /** Whether one more segment fits in, with all that are used. */
  boolean hasRoom() {
    return hasFree() || used.size() < 2 || bytes() + settings.segmentBytes() <= settings.maxBytes();
  }

  /** A file for the next segment, unless the limit is reached. */
  Optional<Slot> slot() throws IOException {
    for (int i = free.size() - 1; i >= 0; i--) {
      Slot slot = free.get(i);
      if (slot.size != settings.segmentBytes() || bytes() > settings.maxBytes()) {
        free.remove(i);
        slot.file.close();
        disk.delete(slot.name);
      }
    }
    if (!free.isEmpty()) {
      return Optional.of(free.remove(0));
    }
    if (!hasRoom()) {
      return Optional.empty();
    }
    String name = String.format("%04d.segment", names + 1);
    DiskFile file = disk.create(name, settings.segmentBytes());
    named(name);
    return Optional.of(new Slot(name, file, settings.segmentBytes()));
  }

  private long bytes() {
    long bytes = 0;
    for (Segment segment : used) {
      bytes += segment.size;
    }
    for (Slot slot : free) {
      bytes += slot.size;
    }
    return bytes;
  }

  /** When the records of the segment at this index were appended. */
  Span when(int index, Instant now) {
    Instant start = used.get(index).opened();
    Instant end = index + 1 < used.size() ? used.get(index + 1).opened() : now;
    return cover(new Span(start, start), new Span(end, end));
  }

  /** The shortest span that holds both. */
  static Span cover(Span a, Span b) {
    Instant start = a.start().isBefore(b.start()) ? a.start() : b.start();
    return new Span(start, a.end().isAfter(b.end()) ? a.end() : b.end());
  }
}
