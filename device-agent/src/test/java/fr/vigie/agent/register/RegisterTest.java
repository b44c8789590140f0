package fr.vigie.agent.register;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterTest {
  @ParameterizedTest
  @CsvSource({
    "UINT16, ABCD, FF FE, 65534",
    "UINT16, BADC, FE FF, 65534",
    "INT16, ABCD, FF FE, -2",
    "INT16, CDAB, FF FE, -2",
    "INT16, DCBA, FE FF, -2",
    "UINT32, ABCD, 80 00 00 01, 2147483649",
    "INT32, ABCD, FF FF FF FE, -2",
    "INT32, CDAB, FF FE FF FF, -2",
    "INT32, BADC, 01 00 03 02, 66051",
    "INT32, DCBA, 03 02 01 00, 66051",
    "FLOAT32, ABCD, 43 66 33 34, 230.20001220703125",
    "FLOAT32, CDAB, 33 34 43 66, 230.20001220703125",
    "FLOAT32, BADC, 66 43 34 33, 230.20001220703125",
    "FLOAT32, DCBA, 34 33 66 43, 230.20001220703125",
    "INT64, ABCD, 00 01 02 03 04 05 06 07, 283686952306183",
    "INT64, CDAB, 06 07 04 05 02 03 00 01, 283686952306183",
    "INT64, BADC, 01 00 03 02 05 04 07 06, 283686952306183",
    "INT64, DCBA, 07 06 05 04 03 02 01 00, 283686952306183",
    "INT64, ABCD, FF FF FF FF FF FF FF FF, -1",
    "UINT64, ABCD, FF FF FF FF FF FF FF FF, 18446744073709551615",
    "FLOAT64, ABCD, 40 09 21 FB 54 44 2D 18, 3.141592653589793",
    "BCD16, ABCD, 12 34, 1234",
    "BCD32, ABCD, 00 01 23 45, 12345",
    "BCD32, CDAB, 23 45 00 01, 12345"
  })
  void everyTypeIsReadInEveryOrder(RegisterType type, WordOrder order, String hex, double number) {
    assertThat(cell(type, order).number(bytes(hex), 0)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "BCD16, 12 3A",
    "BCD32, F0 00 00 01",
    "FLOAT32, 7F C0 00 00",
    "FLOAT32, 7F 80 00 00",
    "FLOAT32, FF 80 00 00",
    "FLOAT64, 7F F8 00 00 00 00 00 00"
  })
  void bitsThatAreNoNumberAreNeverValid(RegisterType type, String hex) {
    Cell cell = cell(type, WordOrder.ABCD);

    assertThat(cell.isValid(cell.number(bytes(hex), 0))).isFalse();
  }

  @Test
  void aTenthAndAHundredthAreExact() {
    Cell tenths = new Cell(signal("f"), register(0).scale(0.1).make());
    Cell hundredths = new Cell(signal("f"), register(0).scale(0.01).make());
    Cell threefold = new Cell(signal("f"), register(0).scale(3.0).offset(-40.0).make());

    assertThat(tenths.number(bytes("00 03"), 0)).isEqualTo(0.3);
    assertThat(hundredths.number(bytes("11 5C"), 0)).isEqualTo(44.44);
    assertThat(threefold.number(bytes("00 0A"), 0)).isEqualTo(-10);
  }

  @Test
  void bitsAndMasksTakeAPartOfARegister() {
    Cell bit = new Cell(signal("b"), register(5).bit(3).make());
    Cell mask = new Cell(signal("m"), register(5).mask(0x0FF0L).make());

    assertThat(bit.number(bytes("00 00 00 08"), 4)).isEqualTo(1);
    assertThat(bit.number(bytes("00 00 FF F7"), 4)).isZero();
    assertThat(mask.number(bytes("00 00 F1 2F"), 4)).isEqualTo(0x12);
  }

  @Test
  void aStateIsTheTextOfItsNumberOrTheNumber() {
    Cell cell =
        new Cell(
            new Signal("m", "run", Kind.STATE, ""),
            register(0).values(Map.of("0", "off", "1", "run")).make());

    assertThat(cell.value(1)).hasToString("run");
    assertThat(cell.value(7)).hasToString("7");
  }

  @Test
  void neighboursAreReadTogetherAndHolesWhereTheyAreSmallEnough() {
    List<Cell> cells = cells(register(10), register(11), register(14), register(20));

    assertThat(reads(Block.of(cells, 125, 0)))
        .containsExactly(holding(10, 2), holding(14, 1), holding(20, 1));
    assertThat(reads(Block.of(cells, 125, 2))).containsExactly(holding(10, 5), holding(20, 1));
    assertThat(reads(Block.of(cells, 125, 5))).containsExactly(holding(10, 11));
    assertThat(reads(Block.of(cells, 4, 5)))
        .containsExactly(holding(10, 2), holding(14, 1), holding(20, 1));
  }

  @Test
  void aThousandRegistersAreEightQuestionsAndAThousandBitsOne() {
    List<Cell> registers =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Cell(signal("r" + i), register(i).make()))
            .toList();
    List<Cell> coils =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Cell(signal("c" + i), register(i).table(Table.COIL).make()))
            .toList();

    assertThat(Block.of(registers, 125, 0)).hasSize(8);
    assertThat(reads(Block.of(coils, 125, 0))).containsExactly(new Read(Table.COIL, 0, 1000));
  }

  @Test
  void halvesReadTheSameCellsAndASingleOneStays() {
    Block block = Block.of(cells(register(1), register(2), register(3)), 125, 0).get(0);

    assertThat(reads(block.halves())).containsExactly(holding(1, 1), holding(2, 2));
    assertThat(block.halves().get(0).halves()).containsExactly(block.halves().get(0));
  }

  @Test
  void whateverIsAskedForEachCellFindsItsOwnRegister() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int address = random.nextInt(500);
        cells.add(
            new Cell(
                signal(address + "." + i), register(address).type(RegisterType.UINT32).make()));
      }
      List<Block> blocks = Block.of(cells, 2 + random.nextInt(124), random.nextInt(20));
      int found = 0;
      for (Block block : blocks) {
        ByteBuffer data = ByteBuffer.allocate(2 * block.read().count());
        for (int i = 0; i < block.read().count(); i++) {
          data.putShort((short) (block.read().address() + i));
        }
        for (Cell cell : block.cells()) {
          int address = Integer.parseInt(cell.signal().name().split("\\.")[0]);
          assertThat(cell.number(data.array(), block.read().address()))
              .as("seed " + seed)
              .isEqualTo(address * 65536.0 + address + 1);
          found++;
        }
      }
      assertThat(found).as("seed " + seed).isEqualTo(cells.size());
    }
  }

  private static Cell cell(RegisterType type, WordOrder order) {
    return new Cell(signal("x"), register(0).type(type).order(order).make());
  }

  private static Signal signal(String name) {
    return new Signal("m", name, Kind.GAUGE, "");
  }

  private static List<Cell> cells(Builder... registers) {
    List<Cell> cells = new ArrayList<>();
    for (Builder each : registers) {
      cells.add(new Cell(signal("r" + cells.size()), each.make()));
    }
    return cells;
  }

  private static List<Read> reads(List<Block> blocks) {
    return blocks.stream().map(Block::read).toList();
  }

  private static Read holding(int address, int count) {
    return new Read(Table.HOLDING, address, count);
  }

  private static byte[] bytes(String hex) {
    String[] parts = hex.split(" ");
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return bytes;
  }

  private static Builder register(int address) {
    return new Builder(address);
  }

  private static final class Builder {
    private final int address;
    private Optional<Table> table = Optional.empty();
    private Optional<RegisterType> type = Optional.empty();
    private Optional<WordOrder> order = Optional.empty();
    private Optional<Integer> bit = Optional.empty();
    private Optional<Long> mask = Optional.empty();
    private Optional<Double> scale = Optional.empty();
    private Optional<Double> offset = Optional.empty();
    private Map<String, String> values = Map.of();

    Builder(int address) {
      this.address = address;
    }

    Builder table(Table of) {
      table = Optional.of(of);
      return this;
    }

    Builder type(RegisterType is) {
      type = Optional.of(is);
      return this;
    }

    Builder order(WordOrder is) {
      order = Optional.of(is);
      return this;
    }

    Builder bit(int is) {
      bit = Optional.of(is);
      return this;
    }

    Builder mask(long is) {
      mask = Optional.of(is);
      return this;
    }

    Builder scale(double is) {
      scale = Optional.of(is);
      return this;
    }

    Builder offset(double is) {
      offset = Optional.of(is);
      return this;
    }

    Builder values(Map<String, String> are) {
      values = are;
      return this;
    }

    Register make() {
      return new Register(
          Optional.of(address),
          table,
          type,
          order,
          bit,
          mask,
          scale,
          offset,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          values);
    }
  }
}
