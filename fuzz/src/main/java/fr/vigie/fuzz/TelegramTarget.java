package fr.vigie.fuzz;

import fr.vigie.agent.telegram.KeyboardScans;
import fr.vigie.agent.telegram.MbusException;
import fr.vigie.agent.telegram.MbusFrame;
import fr.vigie.agent.telegram.MbusTelegram;
import fr.vigie.agent.telegram.Scan;
import fr.vigie.agent.telegram.ScanDecoder;
import fr.vigie.agent.telegram.ScanException;
import fr.vigie.agent.telegram.SerialScans;
import fr.vigie.agent.telegram.TicDate;
import fr.vigie.agent.telegram.TicDecoder;
import fr.vigie.agent.telegram.TicGroup;
import fr.vigie.agent.telegram.ToledoDecoder;
import fr.vigie.agent.telegram.ToledoFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What meters, scales and scanners say; the first byte chooses. */
public final class TelegramTarget {
  private TelegramTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws MbusException {
    if (bytes.length == 0) {
      return;
    }
    byte[] said = Arrays.copyOfRange(bytes, 1, bytes.length);
    switch (Math.floorMod(bytes[0], 6)) {
      case 0 -> tic(said);
      case 1 -> new ToledoDecoder(false).feed(said, said.length, new Frames());
      case 2 -> new ToledoDecoder(true).feed(said, said.length, new Frames());
      case 3 -> mbus(said);
      case 4 -> scan(new SerialScans(), said);
      default -> scan(new KeyboardScans(24), said);
    }
  }

  private static void tic(byte[] said) {
    for (TicGroup group : groups(said)) {
      TicDate.read(group.date().orElse(""));
      if (!groups(written(group)).equals(List.of(group))) {
        throw new IllegalStateException(group + " is read otherwise than it was written");
      }
    }
  }

  private static List<TicGroup> groups(byte[] said) {
    List<TicGroup> groups = new ArrayList<>();
    TicDecoder.Groups heard =
        new TicDecoder.Groups() {
          @Override
          public void frameBegins() {}

          @Override
          public void group(TicGroup group) {
            groups.add(group);
          }

          @Override
          public void frameEnds() {}

          @Override
          public void rejected(String why) {}
        };
    new TicDecoder().feed(said, said.length, heard);
    return groups;
  }

  /** In the standard mode, whichever it came in. */
  private static byte[] written(TicGroup group) {
    String dated = group.date().map(date -> '\t' + date).orElse("");
    String text = group.label() + dated + '\t' + group.data() + '\t';
    int checksum = (text.chars().sum() & 0x3f) + ' ';
    return ('\n' + text + (char) checksum + '\r').getBytes(StandardCharsets.US_ASCII);
  }

  private static void mbus(byte[] said) throws MbusException {
    try {
      MbusFrame.content(said, MbusFrame.ANY);
    } catch (MbusException refused) {
      // Noise seldom is a frame; what it would carry is looked at below.
    }
    if (said.length > 0 && said.length <= 253) {
      byte[] content = MbusFrame.content(frame(said), 5);
      if (!Arrays.equals(content, said)) {
        throw new IllegalStateException("a frame carries something else than was put in");
      }
    }
    try {
      MbusTelegram.read(said);
    } catch (MbusException refused) {
      return;
    }
  }

  private static byte[] frame(byte[] content) {
    byte[] frame = new byte[content.length + 8];
    frame[0] = 0x68;
    frame[1] = (byte) (content.length + 2);
    frame[2] = frame[1];
    frame[3] = 0x68;
    frame[4] = 0x08;
    frame[5] = 5;
    System.arraycopy(content, 0, frame, 6, content.length);
    for (int i = 4; i < frame.length - 2; i++) {
      frame[frame.length - 2] += frame[i];
    }
    frame[frame.length - 1] = 0x16;
    return frame;
  }

  private static void scan(ScanDecoder decoder, byte[] said) {
    Codes codes = new Codes();
    decoder.feed(said, said.length, codes);
    decoder.silent(codes);
  }

  private static final class Codes implements ScanDecoder.Scans {
    @Override
    public void scan(String text) {
      for (Scan.Content content : Scan.Content.values()) {
        try {
          if (Scan.read(text, content).text().isEmpty()) {
            throw new IllegalStateException("an empty code");
          }
        } catch (ScanException refused) {
          continue;
        }
      }
    }

    @Override
    public void rejected(String why) {}
  }

  private static final class Frames implements ToledoDecoder.Frames {
    @Override
    public void frame(ToledoFrame frame) {
      if (Math.abs(frame.weight().doubleValue()) > 99_999_900) {
        throw new IllegalStateException("six digits give " + frame.weight());
      }
    }

    @Override
    public void rejected(String why) {}
  }
}
