package fr.vigie.outbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a folder holds: which file is which segment, what is free, what is not ours. */
final class Folder {
  static final Pattern COPY = Pattern.compile("damaged-\\d+\\.copy");
  private static final int MOST_COPIES = 4;
  private static final int MOST_NOTES = 100;

  private final Disk disk;
  private final List<String> notes = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private int copies;

  Folder(Disk disk) {
    this.disk = disk;
  }

  List<String> notes() {
    return notes;
  }

  /** Adds a line for people, unless there are many. */
  void note(String line) {
    if (notes.size() < MOST_NOTES) {
      notes.add(line);
    }
  }

  List<String> foreign() {
    return foreign;
  }

  /**
   * Reads only.
   *
   * @throws IOException when a newer program wrote the folder
   */
  void refuseNewer() throws IOException {
    for (String name : disk.names()) {
      Optional<Integer> other = Optional.empty();
      if (Segments.NAME.matcher(name).matches()) {
        other = SegmentHeader.otherVersion(start(name, Image.PAGE));
      } else if (name.equals(Marks.NAME)) {
        other = Marks.otherVersion(start(name, Marks.HALF));
      }
      if (other.isPresent()) {
        throw new IOException(
            String.format(
                "outbox %s is of format %d, written by a newer program; this one knows format %d."
                    + " Nothing was changed. Run the newer program, or give another folder",
                disk, other.get(), SegmentHeader.VERSION));
      }
    }
  }

  private byte[] start(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (DiskFile file = disk.open(name)) {
      file.read(bytes, 0, length, 0);
    }
    return bytes;
  }

  Marks marks() throws IOException {
    return disk.names().contains(Marks.NAME) ? Marks.open(disk) : Marks.create(disk);
  }

  /** Sorts the files; segments come without their records. */
  void read(Segments segments, Marks.State marks, Image image) throws IOException {
    List<Segment> found = new ArrayList<>();
    List<Segments.Slot> headless = new ArrayList<>();
    for (String name : disk.names()) {
      if (Segments.NAME.matcher(name).matches()) {
        sort(name, marks, found, segments, headless);
      } else {
        sortOther(name);
      }
    }
    found.sort(Comparator.comparingLong(Segment::number));
    place(segments, found, headless, marks, image);
    for (Segments.Slot slot : headless) {
      if (!isBlank(slot.file())) {
        note(slot.name() + " had no readable header and no record, it will be used again");
      }
      segments.addFree(slot);
    }
  }

  private void sort(
      String name,
      Marks.State marks,
      List<Segment> found,
      Segments segments,
      List<Segments.Slot> headless)
      throws IOException {
    DiskFile file = disk.open(name);
    byte[] page = new byte[Image.PAGE];
    file.read(page, 0, page.length, 0);
    int size = (int) Math.min(Image.MOST, file.size()) / Image.PAGE * Image.PAGE;
    Optional<SegmentHeader> header = SegmentHeader.read(page);
    if (header.isEmpty()) {
      headless.add(new Segments.Slot(name, file, size));
    } else if (header.get().number() < marks.oldest()) {
      segments.addFree(new Segments.Slot(name, file, size));
    } else if (found.stream().anyMatch(other -> other.number() == header.get().number())) {
      segments.named(name);
      file.close();
      note(name + " is a copy of another segment and was left alone");
      foreign.add(name);
    } else {
      found.add(new Segment(name, file, size, header.get()));
    }
  }

  private void sortOther(String name) throws IOException {
    String stem = name.endsWith(NioDisk.UNFINISHED) ? name.substring(0, name.length() - 4) : name;
    boolean ours =
        stem.equals(Marks.NAME)
            || Segments.NAME.matcher(stem).matches()
            || COPY.matcher(stem).matches();
    if (ours && !stem.equals(name)) {
      disk.delete(name);
    } else if (ours) {
      copies += COPY.matcher(name).matches() ? 1 : 0;
    } else if (!name.equals(NioDisk.LOCK)) {
      foreign.add(name);
      note(name + " is not part of the outbox and was left alone");
    }
  }

  /** Where a number is missing, a file whose header is gone may still hold its records. */
  private void place(
      Segments segments,
      List<Segment> found,
      List<Segments.Slot> headless,
      Marks.State marks,
      Image image)
      throws IOException {
    long number = marks.oldest();
    long ordinal = marks.base();
    Instant opened = Instant.EPOCH;
    for (Segment segment : found) {
      while (!headless.isEmpty() && number > 0 && number < segment.number()) {
        Optional<Segment> saved = save(headless, new SegmentHeader(number, ordinal, opened), image);
        saved.ifPresent(segments::add);
        ordinal = saved.isPresent() ? image.nextOrdinal() : ordinal;
        number++;
      }
      segments.add(segment);
      opened = segment.opened();
      number = segment.number() + 1;
      if (!headless.isEmpty()) {
        segment.load(image);
        ordinal = image.nextOrdinal();
      }
    }
    boolean more = !headless.isEmpty();
    while (more) {
      SegmentHeader header = new SegmentHeader(Math.max(1, number), ordinal, opened);
      Optional<Segment> saved = save(headless, header, image);
      saved.ifPresent(segments::add);
      more = saved.isPresent() && !headless.isEmpty();
      ordinal = image.nextOrdinal();
      number = header.number() + 1;
    }
  }

  private Optional<Segment> save(List<Segments.Slot> headless, SegmentHeader header, Image image)
      throws IOException {
    for (Segments.Slot slot : headless) {
      Segment segment = new Segment(slot.name(), slot.file(), slot.size(), header);
      segment.loadNewest(image);
      if (image.count() > 0) {
        headless.remove(slot);
        note(slot.name() + " had lost its header, its records were found");
        keepCopy(segment);
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(DiskFile file) throws IOException {
    byte[] page = new byte[Image.PAGE];
    file.read(page, 0, page.length, 0);
    for (byte b : page) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Keeps a damaged segment for who wants to look at it; a few at most. */
  String keepCopy(Segment segment) {
    String copy = "damaged-" + segment.number() + ".copy";
    try {
      if (disk.names().contains(copy)) {
        return ", a copy is in " + copy;
      }
      if (copies >= MOST_COPIES) {
        return ", no copy was kept since there are " + copies;
      }
      disk.copy(segment.name, copy);
      copies++;
      return ", a copy is in " + copy;
    } catch (IOException full) {
      return ", no copy could be kept: " + full.getMessage();
    }
  }
}
