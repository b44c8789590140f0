package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Registers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A chip of 256 registers in memory, to be given its manners by a test. */
class RegisterFile implements Registers {
  final int[] registers = new int[256];
  final List<String> writes = new ArrayList<>();
  boolean closed;

  /** From now on nobody acknowledges. */
  boolean absent;

  RegisterFile set(int register, int... values) {
    System.arraycopy(values, 0, registers, register, values.length);
    return this;
  }

  /** Sets registers to bytes written as hexadecimal digits. */
  RegisterFile set(int register, String bytes) {
    return set(
        register,
        Arrays.stream(bytes.trim().split(" ")).mapToInt(it -> Integer.parseInt(it, 16)).toArray());
  }

  /** What a register gives now. */
  int give(int register) {
    return registers[register];
  }

  /** A register was written. */
  void take(int register, int value) {
    registers[register] = value;
  }

  /** Whether the next byte comes from the next register. */
  boolean advances(int register) {
    return true;
  }

  @Override
  public void read(int register, byte[] into, int count) throws IOException {
    answer();
    for (int i = 0; i < count; i++) {
      into[i] = (byte) give(advances(register) ? register + i : register);
    }
  }

  @Override
  public void write(int register, int... values) throws IOException {
    answer();
    for (int i = 0; i < values.length; i++) {
      writes.add(String.format(Locale.ROOT, "%02x=%02x", register + i, values[i]));
      take(register + i, values[i]);
    }
  }

  private void answer() throws IOException {
    if (closed) {
      throw new IOException("the chip of the test is closed");
    }
    if (absent) {
      throw new IOException("the chip of the test: nothing answers");
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "the chip of the test";
  }
}
