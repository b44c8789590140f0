package fr.vigie.agent.register;

/** How the bits of a register, or of several in a row, make a number. */
public enum RegisterType {
  INT16(1),
  UINT16(1),
  INT32(2),
  UINT32(2),
  INT64(4),
  UINT64(4),
  FLOAT32(2),
  FLOAT64(4),
  /** Four decimal digits of four bits each. */
  BCD16(1),
  /** Eight decimal digits of four bits each. */
  BCD32(2),
  /** One bit: of a register, or alone in a table of bits. */
  BIT(1);

  final int registers;

  RegisterType(int registers) {
    this.registers = registers;
  }

  /** Whether single bits of it mean something. */
  boolean isMaskable() {
    return this == UINT16 || this == UINT32 || this == UINT64;
  }

  /** The number that bits mean; NaN when they mean none. */
  double number(long bits) {
    return switch (this) {
      case INT16 -> (short) bits;
      case INT32 -> (int) bits;
      case INT64 -> bits;
      case UINT16, UINT32, BIT -> bits;
      case UINT64 -> bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case BCD16, BCD32 -> digits(bits);
    };
  }

  private static double digits(long bits) {
    long number = 0;
    for (int shift = 28; shift >= 0; shift -= 4) {
      long digit = bits >>> shift & 0xf;
      if (digit > 9) {
        return Double.NaN;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
