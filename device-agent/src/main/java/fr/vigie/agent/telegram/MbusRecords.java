package fr.vigie.agent.telegram;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads variable data records: each a data field's form (DIF), its meaning (VIF) and its data. */
final class MbusRecords {
  private static final int FILLER = 0x2F;
  private static final int MAKERS_OWN = 0x0F;
  private static final int MAKERS_OWN_AND_MORE = 0x1F;
  private static final int MOST_EXTENSIONS = 10;
  private static final int REAL = 5;
  private static final int TEXT_OR_SUCH = 0x0D;
  private static final int SPECIAL = 0x0F;
  private static final int[] LENGTH = {0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0};
  private static final String[] FUNCTION = {"", ".max", ".min", ".error"};

  private final ByteBuffer in;
  private boolean more;

  MbusRecords(ByteBuffer in) {
    this.in = in;
  }

  /** Whether the meter says that it has more to tell. */
  boolean more() {
    return more;
  }

  List<MbusRecord> readAll() throws MbusException {
    List<MbusRecord> records = new ArrayList<>();
    while (in.hasRemaining()) {
      int dif = in.get() & 0xff;
      if (dif == MAKERS_OWN || dif == MAKERS_OWN_AND_MORE) {
        more = dif == MAKERS_OWN_AND_MORE;
        break;
      }
      if (dif != FILLER) {
        read(dif).ifPresent(records::add);
      }
    }
    return records;
  }

  private Optional<MbusRecord> read(int dif) throws MbusException {
    String where = where(dif);
    Meaning meaning = meaning();
    int form = dif & 15;
    if (form == SPECIAL) {
      throw new MbusException("a record of an unknown form");
    }
    OptionalDouble value = OptionalDouble.empty();
    boolean number = form != TEXT_OR_SUCH && LENGTH[form] > 0;
    if (number) {
      byte[] data = take(LENGTH[form]);
      value = meaning.failed ? value : number(form, data, meaning.exponent);
    } else if (form == TEXT_OR_SUCH) {
      passOverText();
    }
    return number && meaning.known && (dif >> 4 & 3) != 3
        ? Optional.of(new MbusRecord(meaning.name + where + meaning.suffix, meaning.unit, value))
        : Optional.empty();
  }

  /** Maximum or minimum, storage, tariff and subunit. */
  private String where(int dif) throws MbusException {
    long storage = dif >> 6 & 1;
    int tariff = 0;
    int unit = 0;
    int extension = dif;
    for (int i = 0; (extension & 0x80) != 0; i++) {
      if (i == MOST_EXTENSIONS) {
        throw new MbusException("a record with extensions without end");
      }
      extension = next();
      storage |= (extension & 15L) << 1 + 4 * i;
      tariff |= (extension >> 4 & 3) << 2 * i;
      unit |= (extension >> 6 & 1) << i;
    }
    return FUNCTION[dif >> 4 & 3]
        + (storage == 0 ? "" : ".storage" + storage)
        + (tariff == 0 ? "" : ".tariff" + tariff)
        + (unit == 0 ? "" : ".unit" + unit);
  }

  /** What a record means, gathered from its VIF and the extensions behind it. */
  private static final class Meaning {
    private boolean known;
    private boolean failed;
    private String name = "";
    private String unit = "";
    private String suffix = "";
    private int exponent;

    private void is(Optional<MbusMeaning> meaning) {
      known = meaning.isPresent();
      meaning.ifPresent(
          it -> {
            name = it.name();
            unit = it.unit();
            exponent = it.exponent();
          });
    }
  }

  private Meaning meaning() throws MbusException {
    Meaning meaning = new Meaning();
    int vif = next();
    int last = vif;
    boolean textWaits = false;
    switch (vif) {
      case 0xFD -> {
        last = next();
        meaning.is(MbusMeaning.first(last & 0x7f));
      }
      case 0xFB -> {
        last = next();
        meaning.is(MbusMeaning.second(last & 0x7f));
      }
      case 0x7C, 0xFC -> {
        textWaits = !isTextNext();
        if (!textWaits) {
          take(next());
        }
      }
      default -> meaning.is(MbusMeaning.plain(vif & 0x7f));
    }
    for (int i = 0; (last & 0x80) != 0; i++) {
      if (i == MOST_EXTENSIONS) {
        throw new MbusException("a record with extensions without end");
      }
      last = next();
      if (last == 0xFC) {
        last = next();
        phase(meaning, last & 0x7f);
      } else if (last == 0xFF) {
        last = makersOwn(meaning);
      } else {
        extend(meaning, last & 0x7f);
      }
    }
    if (textWaits) {
      take(next());
    }
    return meaning;
  }

  /**
   * Whether a unit in plain text follows here, as most meters place it; some place it behind the
   * extensions.
   */
  private boolean isTextNext() {
    int at = in.position();
    int length = in.hasRemaining() ? in.get(at) & 0xff : 0;
    boolean text = length > 0 && length < in.remaining();
    for (int i = 1; text && i <= length; i++) {
      text = in.get(at + i) >= ' ' && in.get(at + i) < 0x7f;
    }
    return text;
  }

  /** One extension that stands by itself; one that is not known makes the record unknown. */
  private static void extend(Meaning meaning, int extension) {
    if (extension < 0x20) {
      meaning.failed |= extension != 0;
    } else if (extension >= 0x70 && extension < 0x78) {
      meaning.exponent += extension - 0x76;
    } else if (extension == 0x7D) {
      meaning.exponent += 3;
    } else if (extension == 0x3B) {
      meaning.suffix += ".positive";
    } else if (extension == 0x3C) {
      meaning.suffix += ".negative";
    } else {
      meaning.known = false;
    }
  }

  private static void phase(Meaning meaning, int phase) {
    if (phase >= 1 && phase <= 3) {
      meaning.suffix += ".l" + phase;
    } else {
      meaning.known = false;
    }
  }

  private int makersOwn(Meaning meaning) throws MbusException {
    for (int i = 0; i < MOST_EXTENSIONS; i++) {
      int extension = next();
      meaning.suffix += String.format(".m%02x", extension & 0x7f);
      if ((extension & 0x80) == 0) {
        return extension;
      }
    }
    throw new MbusException("a record with extensions without end");
  }

  private void passOverText() throws MbusException {
    int kind = next();
    if (kind < 0xC0) {
      take(kind);
    } else if (kind < 0xF0) {
      take(kind & 15);
    } else {
      throw new MbusException("a record of an unknown length");
    }
  }

  private static OptionalDouble number(int form, byte[] data, int exponent) {
    Optional<BigDecimal> number = form > 8 ? bcd(data) : form == REAL ? real(data) : whole(data);
    return number.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(number.get().scaleByPowerOfTen(exponent).doubleValue());
  }

  /** Two's complement; the least number means that there is none. */
  private static Optional<BigDecimal> whole(byte[] data) {
    long number = data[data.length - 1];
    for (int i = data.length - 2; i >= 0; i--) {
      number = number << 8 | data[i] & 0xff;
    }
    return number == -1L << 8 * data.length - 1
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(number));
  }

  private static Optional<BigDecimal> real(byte[] data) {
    float number = ByteBuffer.wrap(reversed(data)).getFloat();
    return Float.isFinite(number)
        ? Optional.of(new BigDecimal(Float.toString(number)))
        : Optional.empty();
  }

  /** Decimal digits, F in front for a minus; other letters mean that there is no value. */
  private static Optional<BigDecimal> bcd(byte[] data) {
    long number = 0;
    boolean minus = false;
    byte[] big = reversed(data);
    for (int i = 0; i < big.length * 2; i++) {
      int digit = big[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
      minus |= i == 0 && digit == 15;
      if (digit > 9 && !(i == 0 && minus)) {
        return Optional.empty();
      }
      number = i == 0 && minus ? 0 : number * 10 + digit;
    }
    return Optional.of(BigDecimal.valueOf(minus ? -number : number));
  }

  private static byte[] reversed(byte[] data) {
    byte[] reversed = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      reversed[i] = data[data.length - 1 - i];
    }
    return reversed;
  }

  private int next() throws MbusException {
    return take(1)[0] & 0xff;
  }

  private byte[] take(int count) throws MbusException {
    if (count > in.remaining()) {
      throw new MbusException("a record that is cut short");
    }
    byte[] taken = new byte[count];
    in.get(taken);
    return taken;
  }
}
