package fr.vigie.agent.telegram;

/** A scanner on a serial line: each code ends with CR, LF, both, or a tabulator. */
public final class SerialScans implements ScanDecoder {
  private final StringBuilder text = new StringBuilder();
  private String wrong = "";

  @Override
  public void feed(byte[] bytes, int count, Scans scans) {
    for (int i = 0; i < count; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '\r' || c == '\n' || c == '\t') {
        end(scans);
      } else if ((c < ' ' && c != Gs1.SEPARATOR) || c > '~') {
        wrong = "a code with the byte " + Integer.toHexString(c) + ": is the baud rate right?";
      } else if (text.length() == LONGEST) {
        wrong = "a code longer than " + LONGEST + " characters";
      } else {
        text.append(c);
      }
    }
  }

  private void end(Scans scans) {
    if (!wrong.isEmpty()) {
      scans.rejected(wrong);
    } else if (!text.isEmpty()) {
      scans.scan(text.toString());
    }
    wrong = "";
    text.setLength(0);
  }

  @Override
  public void silent(Scans scans) {
    if (!text.isEmpty() || !wrong.isEmpty()) {
      scans.rejected("a code without its end: set the scanner's suffix to CR");
    }
    wrong = "";
    text.setLength(0);
  }
}
