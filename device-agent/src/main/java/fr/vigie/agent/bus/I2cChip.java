package fr.vigie.agent.bus;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A chip on an I2C bus. Every chip has the bus open for itself, and a register is read in one
 * combined transfer, so the kernel, which owns the bus, lets transfers of several chips follow each
 * other and never mix. Structures as in {@code linux/i2c.h} and {@code linux/i2c-dev.h}.
 */
public final class I2cChip implements Registers {
  static final int LONGEST_READ = 1024;

  private static final NativeLong I2C_RDWR = new NativeLong(0x0707);
  private static final int I2C_M_RD = 1;
  private static final int LONGEST_WRITE = 32;
  private static final long MESSAGE = 8 + Native.POINTER_SIZE;
  private static final long MESSAGES = 2L * Native.POINTER_SIZE;
  private static final long OUT = MESSAGES + 2 * MESSAGE;
  private static final long IN = OUT + LONGEST_WRITE;

  private final Control bus;
  private final Path path;
  private final int address;
  private final Memory memory = new Memory(IN + LONGEST_READ);

  /** Takes over the open bus. */
  I2cChip(Control bus, Path path, int address) {
    this.bus = bus;
    this.path = path;
    this.address = address;
    memory.clear();
    memory.setPointer(0, memory.share(MESSAGES));
    memory.setPointer(MESSAGES + 8, memory.share(OUT));
    memory.setPointer(MESSAGES + MESSAGE + 8, memory.share(IN));
  }

  /**
   * Opens a bus for a chip, which need not be there yet.
   *
   * @param bus such as {@code /dev/i2c-1}
   * @param address of 7 bits
   * @throws IOException when the bus cannot be opened; the message says what to do
   */
  public static I2cChip open(Path bus, int address) throws IOException {
    return new I2cChip(
        DeviceFile.open(
            bus,
            "switch the bus on with `raspi-config`, Interface Options, I2C, or with"
                + " dtparam=i2c_arm=on in /boot/firmware/config.txt; `ls /dev/i2c-*` lists what is",
            "i2c"),
        bus,
        address);
  }

  @Override
  public void read(int register, byte[] into, int count) throws IOException {
    memory.setByte(OUT, (byte) register);
    message(0, 0, 1);
    message(1, I2C_M_RD, count);
    transfer(2);
    memory.read(IN, into, 0, count);
  }

  @Override
  public void write(int register, int... values) throws IOException {
    message(0, 0, 1 + values.length);
    memory.setByte(OUT, (byte) register);
    for (int i = 0; i < values.length; i++) {
      memory.setByte(OUT + 1 + i, (byte) values[i]);
    }
    transfer(1);
  }

  private void message(int index, int flags, int length) {
    if (length > (index == 0 ? LONGEST_WRITE : LONGEST_READ)) {
      throw new IllegalArgumentException("a transfer of " + length + " bytes is too long");
    }
    long at = MESSAGES + index * MESSAGE;
    memory.setShort(at, (short) address);
    memory.setShort(at + 2, (short) flags);
    memory.setShort(at + 4, (short) length);
  }

  private void transfer(int messages) throws IOException {
    memory.setInt(Native.POINTER_SIZE, messages);
    int error = bus.call(I2C_RDWR, memory);
    if (error == DeviceFile.ENXIO || error == DeviceFile.EREMOTEIO) {
      throw new NoAnswer(problem(error));
    }
    if (error != 0) {
      throw new IOException(problem(error));
    }
  }

  /** Nobody acknowledged the chip's address. */
  public static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    public NoAnswer(String message) {
      super(message);
    }
  }

  private String problem(int error) {
    String chip = this + ": ";
    return switch (error) {
      case DeviceFile.ENXIO, DeviceFile.EREMOTEIO ->
          chip
              + "nothing answers: look at power, SDA, SCL and the address pins;"
              + " `i2cdetect -y BUS` shows who answers";
      case DeviceFile.ETIMEDOUT ->
          chip
              + "the bus hangs: a chip holds a line down, or the pull-up resistors are missing;"
              + " switch the chips off and on";
      case DeviceFile.ENOTTY -> path + " is not an I2C bus, such as /dev/i2c-1";
      default ->
          chip + "the transfer failed (error " + error + "): look at the wires and their length";
    };
  }

  @Override
  public void close() throws IOException {
    bus.close();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "0x%02x on %s", address, path);
  }
}
