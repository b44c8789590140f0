package fr.vigie.agent.refine;

import fr.vigie.signal.Signal;
import fr.vigie.time.BootTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Shows why a {@link Lesson} draws its thresholds where it does, as text or as SVG. */
public final class Picture {
  private static final int ROWS = 30;
  private static final int COLUMNS = 50;
  private static final double NANOS_PER_HOUR = 3.6e12;
  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int BOTTOM = 250;

  private final Signal signal;
  private final Lesson lesson;

  public Picture(Signal signal, Lesson lesson) {
    this.signal = signal;
    this.lesson = lesson;
  }

  private String title() {
    return String.format(
        Locale.ROOT,
        "%s/%s: %.1f h seen, %s to %s",
        signal.machine(),
        signal.name(),
        lesson.loads().total() / NANOS_PER_HOUR,
        shown(lesson.from()),
        shown(lesson.until()));
  }

  /** The conclusion in a sentence. */
  public String verdict() {
    if (!lesson.refusal().isEmpty()) {
      return "Not told apart: " + lesson.refusal();
    }
    if (lesson.thresholds().isEmpty()) {
      return "Still learning";
    }
    StringBuilder words = new StringBuilder(lesson.names().get(0));
    for (int i = 0; i < lesson.thresholds().size(); i++) {
      words
          .append(" below ")
          .append(number(lesson.thresholds().get(i)))
          .append(signal.unit().isEmpty() ? "" : " " + signal.unit())
          .append(", ")
          .append(lesson.names().get(i + 1));
    }
    return words.append(" above").toString();
  }

  private static String shown(Instant time) {
    return BootTime.is(time) ? "no date" : time.truncatedTo(ChronoUnit.MINUTES).toString();
  }

  static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value);
  }

  /** One row for each class of values: where it begins, how many hours it lasted, and a bar. */
  public String text() {
    StringBuilder text = new StringBuilder(title()).append('\n').append(verdict()).append('\n');
    if (!LearnedStates.tells(lesson.loads())) {
      return text.toString();
    }
    LearnedStates scale = new LearnedStates(lesson.loads());
    int bins = LearnedStates.BINS / ROWS;
    double[] rows = new double[ROWS];
    double most = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int bin = row * bins; bin < (row + 1) * bins; bin++) {
        rows[row] += scale.time(bin);
      }
      most = Math.max(most, rows[row]);
    }
    text.append(String.format(Locale.ROOT, "%10s %8s%n", signal.unit(), "hours"));
    int level = 0;
    List<Double> thresholds = lesson.thresholds();
    for (int row = 0; row < ROWS; row++) {
      int length = (int) Math.round(COLUMNS * rows[row] / most);
      String bar = length == 0 && rows[row] > 0 ? "." : "#".repeat(length);
      text.append(
          String.format(
                  Locale.ROOT,
                  "%10s %8.2f %s",
                  number(scale.value(row * bins)),
                  rows[row] / NANOS_PER_HOUR,
                  bar)
              .stripTrailing());
      text.append('\n');
      double next = scale.value((row + 1) * bins);
      while (level < thresholds.size() && thresholds.get(level) < next) {
        text.append(
            String.format(
                Locale.ROOT,
                "%10s %s %s / %s%n",
                number(thresholds.get(level)),
                "-".repeat(20),
                lesson.names().get(level),
                lesson.names().get(level + 1)));
        level++;
      }
    }
    return text.toString();
  }

  /** The histogram with its thresholds, as a drawing that stands alone. */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH,
            HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    label(svg, LEFT, 16, "start", title());
    label(svg, LEFT, 32, "start", verdict());
    if (LearnedStates.tells(lesson.loads())) {
      draw(svg, new LearnedStates(lesson.loads()));
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, LearnedStates scale) {
    double most = 0;
    for (int bin = 0; bin < LearnedStates.BINS; bin++) {
      most = Math.max(most, scale.time(bin));
    }
    for (int bin = 0; bin < LearnedStates.BINS; bin++) {
      // The root, so that a level of minutes is seen beside one of hours.
      double height = (BOTTOM - TOP - 20) * Math.sqrt(scale.time(bin) / most);
      if (height > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#4878a8\"/>%n",
                x(bin),
                BOTTOM - height,
                x(1) - x(0),
                height));
      }
    }
    for (int i = 0; i < lesson.thresholds().size(); i++) {
      double threshold = lesson.thresholds().get(i);
      double x = x(scale.bin(threshold));
      line(svg, x, TOP, x, BOTTOM, "#c03028");
      label(svg, x, BOTTOM + 34, "middle", number(threshold));
    }
    for (int i = 0; i < lesson.names().size() && !lesson.thresholds().isEmpty(); i++) {
      double from = i == 0 ? 0 : scale.bin(lesson.thresholds().get(i - 1));
      double to =
          i == lesson.thresholds().size()
              ? LearnedStates.BINS
              : scale.bin(lesson.thresholds().get(i));
      label(svg, x((from + to) / 2), TOP + 12, "middle", lesson.names().get(i));
    }
    line(svg, LEFT, BOTTOM, x(LearnedStates.BINS), BOTTOM, "black");
    for (int bin = 0; bin <= LearnedStates.BINS; bin += LearnedStates.BINS / 10) {
      line(svg, x(bin), BOTTOM, x(bin), BOTTOM + 4, "black");
      label(svg, x(bin), BOTTOM + 18, "middle", number(scale.value(bin)));
    }
    label(svg, x(LearnedStates.BINS), BOTTOM + 34, "end", signal.unit());
    label(
        svg,
        LEFT,
        HEIGHT - 2,
        "start",
        "Height: root of the time. Width: even near 0, then by factors.");
  }

  private static double x(double bin) {
    return LEFT + (WIDTH - LEFT - 20) * bin / LearnedStates.BINS;
  }

  private static void line(
      StringBuilder svg, double x, double y, double toX, double toY, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x,
            y,
            toX,
            toY,
            colour));
  }

  private static void label(StringBuilder svg, double x, double y, String anchor, String words) {
    String safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            safe));
  }
}
