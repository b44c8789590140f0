package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpiChipTest {
  private static final SpiChip.Wiring WIRING = new SpiChip.Wiring(3, 5_000_000, 0xC0, 0x40);

  /** The kernel's side of linux/spi/spidev.h, with a chip whose reads are marked by bit 7. */
  private static final class Device implements Control {
    private final byte[] registers = new byte[64];
    private int mode = -1;
    private int bits = -1;
    private int hertz = -1;
    private int error;
    private boolean closed;

    @Override
    public int call(NativeLong request, Pointer data) {
      if (error != 0) {
        return error;
      }
      switch (request.intValue()) {
        case 0x40016B01 -> mode = data.getByte(0);
        case 0x40016B03 -> bits = data.getByte(0);
        case 0x40046B04 -> hertz = data.getInt(0);
        case 0x40206B00 -> transfer(data);
        default -> throw new AssertionError("request " + request);
      }
      return 0;
    }

    private void transfer(Pointer data) {
      Pointer out = new Pointer(data.getLong(0));
      Pointer in = new Pointer(data.getLong(8));
      int length = data.getInt(16);
      int command = out.getByte(0) & 0xFF;
      for (int i = 1; i < length; i++) {
        int register = (command & 0x3F) + i - 1;
        if ((command & 0x80) == 0) {
          registers[register] = out.getByte(i);
        } else {
          in.setByte(i, registers[register]);
        }
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Device device = new Device();

  private SpiChip chip() throws IOException {
    return new SpiChip(device, Path.of("/dev/spidev0.0"), WIRING);
  }

  @Test
  void modeWordLengthAndClockAreSetOnce() throws IOException {
    chip();

    assertThat(device.mode).isEqualTo(3);
    assertThat(device.bits).isEqualTo(8);
    assertThat(device.hertz).isEqualTo(5_000_000);
  }

  @Test
  void registersAreWrittenAndReadBackInFullDuplexTransfers() throws IOException {
    SpiChip chip = chip();
    chip.write(0x2C, 0x0F, 0xA5);
    byte[] two = new byte[2];
    chip.read(0x2C, two);

    assertThat(two).containsExactly(0x0F, 0xA5);
    assertThat(chip.read(0x2D)).isEqualTo(0xA5);
  }

  @Test
  void whatASendingFailedOnIsTold() throws IOException {
    SpiChip chip = chip();
    device.error = 5;

    assertThatThrownBy(() -> chip.read(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/spidev0.0")
        .hasMessageContaining("error 5");
  }

  @Test
  void anAbsentBusTellsHowItIsSwitchedOnAndAnotherFileIsNone() {
    assertThatThrownBy(() -> SpiChip.open(Path.of("/dev/spidev-none"), WIRING))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dtparam=spi=on");
    assertThatThrownBy(() -> SpiChip.open(Path.of("/dev/null"), WIRING))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/null is not an SPI device");
  }

  @Test
  void closingAChipClosesItsDevice() throws IOException {
    chip().close();

    assertThat(device.closed).isTrue();
  }
}
