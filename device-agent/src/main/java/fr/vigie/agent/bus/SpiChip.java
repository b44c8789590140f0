package fr.vigie.agent.bus;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A chip on a select line of an SPI bus, whose registers are addressed by the first byte of a
 * transfer. Nothing on this bus tells whether a chip is there: a driver must read something that it
 * knows. Structures as in {@code linux/spi/spidev.h}.
 */
public final class SpiChip implements Registers {
  private static final NativeLong WRITE_MODE = new NativeLong(0x40016B01);
  private static final NativeLong WRITE_BITS = new NativeLong(0x40016B03);
  private static final NativeLong WRITE_HERTZ = new NativeLong(0x40046B04);
  private static final NativeLong MESSAGE = new NativeLong(0x40206B00);
  private static final int LONGEST = 64;
  private static final long DATA = 32;

  private final Control device;
  private final Path path;
  private final Wiring wiring;
  private final Memory memory = new Memory(DATA + LONGEST);

  /**
   * How a chip wants to be spoken to.
   *
   * @param mode 0 to 3: clock polarity and phase
   * @param hertz the highest clock
   * @param forRead added to a register's number to read from it on
   * @param forWrite added to a register's number to write from it on
   */
  public record Wiring(int mode, int hertz, int forRead, int forWrite) {}

  /** Takes over the open device. */
  SpiChip(Control device, Path path, Wiring wiring) throws IOException {
    this.device = device;
    this.path = path;
    this.wiring = wiring;
    memory.clear();
    memory.setByte(DATA, (byte) wiring.mode);
    call(WRITE_MODE, memory.share(DATA));
    memory.setByte(DATA, (byte) 8);
    call(WRITE_BITS, memory.share(DATA));
    memory.setInt(DATA, wiring.hertz);
    call(WRITE_HERTZ, memory.share(DATA));
    long data = Pointer.nativeValue(memory) + DATA;
    memory.setLong(0, data);
    memory.setLong(8, data);
  }

  /**
   * @param device such as {@code /dev/spidev0.0}: bus 0, select line 0
   * @throws IOException when it cannot be opened; the message says what to do
   */
  public static SpiChip open(Path device, Wiring wiring) throws IOException {
    DeviceFile file =
        DeviceFile.open(
            device,
            "switch the bus on with `raspi-config`, Interface Options, SPI, or with dtparam=spi=on"
                + " in /boot/firmware/config.txt; `ls /dev/spidev*` lists what is",
            "spi");
    try {
      return new SpiChip(file, device, wiring);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void read(int register, byte[] into, int count) throws IOException {
    check(count);
    memory.setMemory(DATA, 1L + count, (byte) 0);
    memory.setByte(DATA, (byte) (register | wiring.forRead));
    transfer(1 + count);
    memory.read(DATA + 1, into, 0, count);
  }

  @Override
  public void write(int register, int... values) throws IOException {
    check(values.length);
    memory.setByte(DATA, (byte) (register | wiring.forWrite));
    for (int i = 0; i < values.length; i++) {
      memory.setByte(DATA + 1 + i, (byte) values[i]);
    }
    transfer(1 + values.length);
  }

  private static void check(int length) {
    if (length >= LONGEST) {
      throw new IllegalArgumentException("a transfer of " + length + " bytes is too long");
    }
  }

  private void transfer(int length) throws IOException {
    memory.setInt(16, length);
    call(MESSAGE, memory);
  }

  private void call(NativeLong request, Pointer argument) throws IOException {
    int error = device.call(request, argument);
    if (error == DeviceFile.ENOTTY) {
      throw new IOException(path + " is not an SPI device, such as /dev/spidev0.0");
    }
    if (error != 0) {
      throw new IOException(path + ": the transfer failed (error " + error + ")");
    }
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
