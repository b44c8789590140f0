package fr.vigie.agent.bus;

import java.util.Locale;

/** Data bits, parity and stop bits of a serial line, in the usual short form. */
public enum Framing {
  F_8N1(8, 'N', 1),
  F_8E1(8, 'E', 1),
  F_8O1(8, 'O', 1),
  F_8N2(8, 'N', 2),
  F_7E1(7, 'E', 1),
  F_7O1(7, 'O', 1);

  final int dataBits;
  final char parity;
  final int stopBits;

  Framing(int dataBits, char parity, int stopBits) {
    this.dataBits = dataBits;
    this.parity = parity;
    this.stopBits = stopBits;
  }

  /** That one character takes on the line, its start bit included. */
  public int bits() {
    return 1 + dataBits + (parity == 'N' ? 0 : 1) + stopBits;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d%c%d", dataBits, parity, stopBits);
  }
}
