package fr.vigie.agent.register;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderGuessTest {
  private static Block block(WordOrder order) {
    Register register =
        new Register(
            Optional.of(0),
            Optional.of(Table.INPUT),
            Optional.of(RegisterType.FLOAT32),
            Optional.of(order),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of("V"),
            Map.of());
    return Block.of(List.of(new Cell(new Signal("m", "volts", Kind.GAUGE, "V"), register)), 125, 0)
        .get(0);
  }

  /** What a device sends that puts its bytes in an order. */
  private static byte[] sent(float value, WordOrder order) {
    byte[] book = ByteBuffer.allocate(4).putFloat(value).array();
    ByteBuffer same = ByteBuffer.allocate(4).putInt((int) order.bits(book, 0, 4));
    return same.array();
  }

  private static List<String> doubts(WordOrder configured, WordOrder device, float... values) {
    OrderGuess guess = new OrderGuess();
    Block block = block(configured);
    for (float value : values) {
      guess.watch(block, sent(value, device));
    }
    return guess.doubts();
  }

  @ParameterizedTest
  @EnumSource(WordOrder.class)
  void theRightOrderRaisesNoDoubt(WordOrder order) {
    assertThat(doubts(order, order, 230.2f, 229.8f, 231.1f, 0)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = WordOrder.class,
      names = {"CDAB", "BADC", "DCBA"})
  void theOrderOfTheDeviceIsNamedWithWhatItGives(WordOrder device) {
    assertThat(doubts(WordOrder.ABCD, device, 230.2f, 229.8f, 231.1f))
        .singleElement()
        .asString()
        .startsWith("volts reads ")
        .endsWith(
            ", but 231.1 as "
                + device.name().toLowerCase(Locale.ROOT)
                + ": look at the device's display, and set `order`");
  }

  /** 50 and 198656 have the same bytes in different orders: that cannot be told. */
  @Test
  void everyOrderThatMayBeIsNamed() {
    assertThat(doubts(WordOrder.CDAB, WordOrder.ABCD, 50, 50, 50))
        .singleElement()
        .asString()
        .contains(", but 50.00 as abcd or 1.987e+05 as badc: look at");
  }

  @Test
  void whatNoOrderMakesSensibleIsNoMatterOfTheOrder() {
    OrderGuess guess = new OrderGuess();
    Block block = block(WordOrder.ABCD);
    for (int i = 0; i < 3; i++) {
      guess.watch(block, new byte[] {(byte) 0xFF, -1, -1, -1});
    }

    assertThat(guess.doubts())
        .singleElement()
        .asString()
        .endsWith("are its address and type right?");
  }

  @Test
  void zerosAndTooFewNumbersTellNothing() {
    assertThat(doubts(WordOrder.CDAB, WordOrder.ABCD, 230.2f, 229.8f, 0, 0, 0)).isEmpty();
  }
}
