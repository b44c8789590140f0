package fr.vigie.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a card shows, in words and in shares of the drawing's width. */
public record CardView(
    String machine,
    String label,
    String place,
    String state,
    String said,
    @Nullable String since,
    @Nullable String sinceText,
    String sinceAge,
    String trs,
    boolean refused,
    List<RateBar> rates,
    boolean warns,
    String note,
    List<String> holes,
    String good,
    String scrap,
    boolean hasScrap,
    String speed,
    String speedUnit,
    String reference,
    String shiftName,
    String shiftHours,
    String timelineTitle,
    String timelineSpoken,
    List<Bar> periods,
    List<Hour> hours,
    @Nullable String now,
    boolean online,
    String agent,
    @Nullable String lastData,
    String lastAge) {

  /** A rate, with the width of its bar; {@code over} when it is above 100 %. */
  public record RateBar(String key, String text, String width, boolean over) {}

  /** A period of the timeline. */
  public record Bar(String state, String x, String width, String title) {}

  /** A mark on the axis. */
  public record Hour(String x, String anchor, String text) {}
}
