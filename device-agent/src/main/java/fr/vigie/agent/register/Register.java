package fr.vigie.agent.register;

import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a device's registers. What is left out is the usual: a holding register, unsigned,
 * high byte first, taken as it is.
 *
 * @param address as it goes over the wire, from 0
 * @param bit of a register, 0 the lowest
 * @param mask the bits that count; they are shifted down to the lowest
 * @param scale what the number is multiplied with
 * @param offset what is added then
 * @param valid the least and the greatest right value, scaled
 * @param unit UCUM symbol
 * @param values texts for numbers; makes it a state
 */
public record Register(
    Optional<Integer> address,
    Optional<Table> table,
    Optional<RegisterType> type,
    Optional<WordOrder> order,
    Optional<Integer> bit,
    Optional<Long> mask,
    Optional<Double> scale,
    Optional<Double> offset,
    List<Double> valid,
    Optional<Kind> kind,
    Optional<String> unit,
    Map<String, String> values) {
  public Register {
    Mistakes mistakes = new Mistakes();
    Table from = table.orElse(Table.HOLDING);
    RegisterType read = type.orElse(bit.isPresent() ? RegisterType.BIT : RegisterType.UINT16);
    int last = address.orElse(0) + (from.isBits() ? 1 : read.registers) - 1;
    mistakes
        .unless(
            address.orElse(0) >= 0 && last <= 0xffff,
            "address",
            address.orElse(0).toString(),
            "0 to 65535, as the protocol counts")
        .unless(
            !from.isBits() || type.orElse(RegisterType.BIT) == RegisterType.BIT,
            "type",
            "a number in a table of bits",
            "bit, or nothing")
        .unless(
            !from.isBits() || (bit.isEmpty() && mask.isEmpty()),
            bit.isPresent() ? "bit" : "mask",
            "a part of a bit",
            "none in a table of bits")
        .unless(
            from.isBits() || read != RegisterType.BIT || bit.isPresent(),
            "bit",
            "nothing",
            "which bit of the register, 0 the lowest")
        .unless(
            bit.isEmpty() || (bit.get() >= 0 && bit.get() < 16),
            "bit",
            bit.orElse(0).toString(),
            "0 to 15")
        .unless(
            bit.isEmpty() || read == RegisterType.BIT,
            "type",
            "a number of which a bit is taken",
            "bit, or nothing")
        .unless(
            mask.isEmpty() || (mask.get() > 0 && read.isMaskable()),
            "mask",
            mask.isPresent() && mask.get() <= 0 ? mask.get().toString() : "a mask",
            "a positive number such as 0x0FFF, with an unsigned type")
        .unless(scale.orElse(1.0) != 0, "scale", "0", "any other number")
        .unless(
            valid.isEmpty() || (valid.size() == 2 && valid.get(0) <= valid.get(1)),
            "valid",
            valid.toString(),
            "[least, greatest]")
        .unless(
            kind.orElse(Kind.STATE) == Kind.STATE || values.isEmpty(),
            "values",
            "texts for a number",
            "none, or kind: state")
        .unless(kind.orElse(Kind.GAUGE) != Kind.EVENT, "kind", "event", "gauge, counter or state")
        .unless(
            unit.orElse("").length() <= 32,
            "unit",
            "'" + unit.orElse("") + "'",
            "a UCUM symbol of at most 32 characters");
    values
        .keySet()
        .forEach(
            number ->
                mistakes.unless(
                    number.matches("-?\\d{1,18}"),
                    "values." + number,
                    "'" + number + "'",
                    "a whole number with its text"));
    mistakes.refuse();
    valid = List.copyOf(valid);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether nothing is said of where and what it is. */
  public boolean isEmpty() {
    return equals(NOTHING);
  }

  private static final Register NOTHING =
      new Register(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  public Kind kindOrUsual() {
    return kind.orElse(values.isEmpty() ? Kind.GAUGE : Kind.STATE);
  }

  Table tableOrUsual() {
    return table.orElse(Table.HOLDING);
  }

  RegisterType typeOrUsual() {
    boolean single = bit.isPresent() || tableOrUsual().isBits();
    return type.orElse(single ? RegisterType.BIT : RegisterType.UINT16);
  }
}
