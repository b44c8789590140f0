package fr.vigie.agent.bus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens serial ports through jSerialComm, around its traps: no listeners, which would spin for ever
 * on a lost port; a fresh port object for every opening, with the symbolic link resolved each time,
 * for a port that was unplugged may come back under another name.
 */
public final class SerialBus {
  private static final int WAIT_MILLIS = 200;
  private static final UsbPorts USB = UsbPorts.ofThisBoard();

  private SerialBus() {}

  /** Notes what is wrong with a port that a configuration names. */
  public static void check(Mistakes mistakes, Path port, int baud) {
    mistakes
        .unless(port.isAbsolute(), "port", "'" + port + "'", "a path such as /dev/serial/by-id/…")
        .unless(baud >= 50 && baud <= 4_000_000, "baud", Integer.toString(baud), "50 to 4000000");
  }

  /**
   * Opens a port for this process alone. Bytes that already wait in it are kept.
   *
   * @param port such as {@code /dev/serial/by-id/…}
   * @param reset pulse DTR after opening; otherwise the control lines stay as the system sets them
   * @throws IOException when it cannot be opened, or another USB device has come under its name;
   *     the message says what to do
   */
  public static BytePort open(Path port, int baud, Framing framing, boolean reset)
      throws IOException {
    return open(port, baud, framing, reset, USB);
  }

  static BytePort open(Path port, int baud, Framing framing, boolean reset, UsbPorts usb)
      throws IOException {
    if (!Files.exists(port)) {
      throw new IOException(
          port + " is not there: is the device plugged in? `ls /dev/serial/by-id` lists what is");
    }
    Path real = port.toRealPath();
    if (!Files.isReadable(real) || !Files.isWritable(real)) {
      throw new IOException(
          real
              + " may not be opened by this user: add it to the group that owns the port, usually"
              + " `usermod -aG dialout USER`, and log in again");
    }
    usb.check(port);
    NativeLibrary.load();
    try {
      SerialPort serial = SerialPort.getCommPort(real.toString());
      serial.setComPortParameters(baud, framing.dataBits, stopBits(framing), parity(framing));
      serial.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      serial.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, WAIT_MILLIS, 0);
      if (!serial.openPort()) {
        throw new IOException(
            port
                + " cannot be opened (error "
                + serial.getLastErrorCode()
                + "): another program may use it, see `fuser "
                + real
                + "`");
      }
      remember(port, serial, usb);
      if (reset) {
        serial.clearDTR();
        serial.setDTR();
      }
      return new Open(port, serial);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException(port + " is not a serial port", e);
    }
  }

  private static void remember(Path port, SerialPort serial, UsbPorts usb) throws IOException {
    try {
      usb.opened(port);
    } catch (IOException e) {
      serial.closePort();
      throw e;
    }
  }

  private static int stopBits(Framing framing) {
    return framing.stopBits == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
  }

  private static int parity(Framing framing) {
    return switch (framing.parity) {
      case 'E' -> SerialPort.EVEN_PARITY;
      case 'O' -> SerialPort.ODD_PARITY;
      default -> SerialPort.NO_PARITY;
    };
  }

  private record Open(Path name, SerialPort serial) implements BytePort {
    @Override
    public int read(byte[] into) throws IOException {
      int count = serial.readBytes(into, into.length);
      if (count < 0 || (count == 0 && !Files.exists(name))) {
        throw gone();
      }
      return count;
    }

    @Override
    public int waiting() throws IOException {
      int count = serial.bytesAvailable();
      if (count < 0) {
        throw gone();
      }
      return count;
    }

    /** A write into a full queue would never come back, so there is none while bytes are left. */
    @Override
    public void write(byte[] bytes) throws IOException {
      if (serial.bytesAwaitingWrite() > 0) {
        throw new IOException(
            name + " does not send: is its adapter stuck, or flow control held? Plug it in anew");
      }
      if (serial.writeBytes(bytes, bytes.length) != bytes.length) {
        throw gone();
      }
    }

    private IOException gone() {
      return new IOException(name + " is gone: was the device unplugged or switched off?");
    }

    @Override
    public void close() {
      serial.closePort();
    }
  }
}
