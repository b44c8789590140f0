package fr.vigie.example.workshop;

import fr.vigie.frame.Frame;
import fr.vigie.frame.FrameEncoder;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Value;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks as a microcontroller's firmware does, in frames that describe themselves: numbers as whole
 * hundredths or units, states as texts, and milliseconds of a clock that starts at 0.
 */
final class FrameVoice implements Voice {
  private final long session;
  private final List<Frame.Described> schema;

  /**
   * @param session another one at every start of the device
   */
  FrameVoice(long session, List<Frame.Described> schema) {
    this.session = session & 0xFFFF_FFFFL;
    this.schema = List.copyOf(schema);
  }

  /** The firmware beside the press. */
  static FrameVoice companion(long session) {
    return new FrameVoice(
        session,
        List.of(
            new Frame.Described(0, Kind.GAUGE, -2, "current", "A"),
            new Frame.Described(1, Kind.COUNTER, 0, "parts", ""),
            new Frame.Described(2, Kind.COUNTER, 0, "scrap", ""),
            new Frame.Described(3, Kind.STATE, 0, "state", "")));
  }

  @Override
  public byte[] introduction() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        FrameEncoder.encode(
            new Frame.Hello(Frame.PROTOCOL, session, schema.size(), "press-companion 1.0")));
    schema.forEach(signal -> bytes.writeBytes(FrameEncoder.encode(signal)));
    return bytes.toByteArray();
  }

  @Override
  public byte[] say(Message message, Instant at) {
    List<Frame.Entry> entries = new ArrayList<>();
    for (Frame.Described signal : schema) {
      Value value = message.values().get(signal.name());
      if (value instanceof Value.Number number) {
        long whole = Math.round(number.number() * Math.pow(10, -signal.exponent()));
        entries.add(new Frame.Entry.Whole(signal.id(), whole));
      } else if (value instanceof Value.Text text) {
        entries.add(new Frame.Entry.Text(signal.id(), text.text()));
      } else {
        entries.add(new Frame.Entry.None(signal.id()));
      }
    }
    long millis = message.at().toMillis() & 0xFFFF_FFFFL;
    return FrameEncoder.encode(new Frame.Samples(message.sequence(), millis, entries));
  }

  @Override
  public boolean stamps() {
    return false;
  }

  @Override
  public Instant stamp(Instant at) {
    return at;
  }
}
