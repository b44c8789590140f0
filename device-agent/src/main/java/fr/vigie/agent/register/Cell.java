package fr.vigie.agent.register;

import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.util.HashMap;
import java.util.Map;

/** A signal and the registers that hold it. */
public final class Cell {
  private final Signal signal;
  private final Table table;
  private final int address;
  private final RegisterType type;
  private final WordOrder order;
  private final long mask;
  private final double factor;
  private final double divisor;
  private final double offset;
  private final double least;
  private final double greatest;
  private final Map<Long, Value> texts = new HashMap<>();

  /**
   * @param register with an address
   */
  public Cell(Signal signal, Register register) {
    this.signal = signal;
    this.table = register.tableOrUsual();
    this.address = register.address().orElseThrow();
    this.type = register.typeOrUsual();
    this.order = register.order().orElse(WordOrder.ABCD);
    this.mask = register.bit().map(bit -> 1L << bit).or(register::mask).orElse(-1L);
    double scale = register.scale().orElse(1.0);
    double inverse = Math.rint(1 / scale);
    // A tenth has no exact double: 3 times 0.1 is 0.30000000000000004, 3 divided by 10 is 0.3.
    boolean divides = Math.abs(scale) < 1 && 1 / inverse == scale;
    this.factor = divides ? 1 : scale;
    this.divisor = divides ? inverse : 1;
    this.offset = register.offset().orElse(0.0);
    this.least = register.valid().isEmpty() ? -Double.MAX_VALUE : register.valid().get(0);
    this.greatest = register.valid().isEmpty() ? Double.MAX_VALUE : register.valid().get(1);
    register.values().forEach((number, text) -> texts.put(Long.parseLong(number), Value.of(text)));
  }

  public Signal signal() {
    return signal;
  }

  Table table() {
    return table;
  }

  int address() {
    return address;
  }

  /** Behind the last register or bit. */
  int end() {
    return address + (table.isBits() ? 1 : type.registers);
  }

  /**
   * The number in an answer; NaN when the bits mean none.
   *
   * @param data of registers or bits from {@code first} on
   */
  double number(byte[] data, int first) {
    int place = address - first;
    if (table.isBits()) {
      return scaled(data[place >> 3] >> (place & 7) & 1);
    }
    long bits = bits(data, first, order);
    return scaled(
        mask == -1
            ? type.number(bits)
            : type.number((bits & mask) >>> Long.numberOfTrailingZeros(mask)));
  }

  private double scaled(double number) {
    return number * factor / divisor + offset;
  }

  WordOrder order() {
    return order;
  }

  boolean isFloat() {
    return type == RegisterType.FLOAT32 || type == RegisterType.FLOAT64;
  }

  /** Whether all bits are 0, in whatever order. */
  boolean isZero(byte[] data, int first) {
    return bits(data, first, order) == 0;
  }

  /** The number in an answer as it would be in another order, not scaled. */
  double raw(byte[] data, int first, WordOrder other) {
    return type.number(bits(data, first, other));
  }

  private long bits(byte[] data, int first, WordOrder its) {
    return its.bits(data, 2 * (address - first), 2 * type.registers);
  }

  /** Whether a number is one that can be. */
  boolean isValid(double number) {
    return number >= least && number <= greatest;
  }

  /** What a valid number is for the signal. */
  Value value(double number) {
    if (!signal.kind().isText()) {
      return Value.of(number);
    }
    long whole = (long) number;
    Value text = texts.get(whole);
    if (text != null) {
      return text;
    }
    return Value.of(whole == number ? Long.toString(whole) : Double.toString(number));
  }

  String range() {
    return least == -Double.MAX_VALUE ? "a finite number" : least + " to " + greatest;
  }
}
