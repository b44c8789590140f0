package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class I2cChipTest {
  private static final Path BUS = Path.of("/dev/i2c-1");

  private final Adapter adapter = new Adapter();
  private final I2cChip chip = new I2cChip(adapter, BUS, 0x76);

  /** The kernel's side of {@code I2C_RDWR}, as linux/i2c-dev.h tells it, with one chip on it. */
  private static final class Adapter implements Control {
    private final byte[] registers = new byte[256];
    private int pointer;
    private int error;
    private int calls;
    private boolean closed;

    @Override
    public int call(NativeLong request, Pointer data) {
      assertThat(request.longValue()).isEqualTo(0x0707);
      calls++;
      if (error != 0) {
        return error;
      }
      Pointer messages = data.getPointer(0);
      int count = data.getInt(Native.POINTER_SIZE);
      for (int i = 0; i < count; i++) {
        transfer(messages.share(i * (8L + Native.POINTER_SIZE)));
      }
      return 0;
    }

    private void transfer(Pointer message) {
      assertThat(message.getShort(0)).isEqualTo((short) 0x76);
      int length = message.getShort(4);
      Pointer bytes = message.getPointer(8);
      if (message.getShort(2) == 1) {
        for (int i = 0; i < length; i++) {
          bytes.setByte(i, registers[pointer + i & 0xFF]);
        }
        return;
      }
      pointer = bytes.getByte(0) & 0xFF;
      for (int i = 1; i < length; i++) {
        registers[pointer + i - 1 & 0xFF] = bytes.getByte(i);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void registersAreReadInOneTransferThatNobodyCanInterrupt() throws IOException {
    adapter.registers[0xD0] = 0x60;
    adapter.registers[0xD1] = (byte) 0xFF;
    byte[] two = new byte[2];

    chip.read(0xD0, two);

    assertThat(two).containsExactly(0x60, 0xFF);
    assertThat(adapter.calls).isEqualTo(1);
  }

  @Test
  void bytesAreWrittenFromARegisterOn() throws IOException {
    chip.write(0xF4, 0x25, 0xA0);

    assertThat(chip.read(0xF4)).isEqualTo(0x25);
    assertThat(chip.read(0xF5)).isEqualTo(0xA0);
  }

  @Test
  void theLongestReadFitsAndALongerOneIsRefused() throws IOException {
    byte[] all = new byte[I2cChip.LONGEST_READ];
    Arrays.fill(adapter.registers, (byte) 7);
    chip.read(0, all);
    assertThat(all[all.length - 1]).isEqualTo((byte) 7);

    assertThatThrownBy(() -> chip.read(0, new byte[I2cChip.LONGEST_READ + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChipThatDoesNotAnswerIsNamedAndWhatToLookAt() {
    for (int error : new int[] {6, 121}) {
      adapter.error = error;
      assertThatThrownBy(() -> chip.read(0xD0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("0x76 on /dev/i2c-1: nothing answers")
          .hasMessageContaining("i2cdetect");
    }
  }

  @Test
  void aBusThatHangsIsToldApartFromAChipThatIsAbsent() {
    adapter.error = 110;
    assertThatThrownBy(() -> chip.write(0xF4, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the bus hangs");
  }

  @Test
  void anAbsentBusTellsHowItIsSwitchedOn() {
    assertThatThrownBy(() -> I2cChip.open(Path.of("/dev/i2c-does-not-exist"), 0x76))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/i2c-does-not-exist is not there")
        .hasMessageContaining("dtparam=i2c_arm=on");
  }

  @Test
  void anotherDeviceFileIsNoBusAndAClosedOneIsNotUsed() throws IOException {
    I2cChip none = I2cChip.open(Path.of("/dev/null"), 0x76);
    assertThatThrownBy(() -> none.read(0xD0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/null is not an I2C bus");
    none.close();
    none.close();

    assertThatThrownBy(() -> none.read(0xD0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingAChipClosesItsBus() throws IOException {
    chip.close();

    assertThat(adapter.closed).isTrue();
  }
}
