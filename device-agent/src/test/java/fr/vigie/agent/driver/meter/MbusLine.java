package fr.vigie.agent.driver.meter;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.driver.Bench;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A line with meters in memory: each answers its resets and requests with what it was given. */
public final class MbusLine implements BytePort {
  private final Bench bench;
  private final Map<Integer, Deque<byte[]>> meters = new HashMap<>();
  private final Deque<Byte> waiting = new ArrayDeque<>();
  final List<String> heard = new ArrayList<>();
  boolean echo;
  boolean dribble;
  boolean unplugged;
  boolean closed;

  MbusLine(Bench bench) {
    this.bench = bench;
  }

  /** A meter that answers its requests with these, the last one for ever. */
  MbusLine meter(int address, byte[]... answers) {
    meters.put(address, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  void remove(int address) {
    meters.remove(address);
  }

  void noise(byte... bytes) {
    for (byte b : bytes) {
      waiting.add(b);
    }
  }

  /** A telegram with these records, in hexadecimal digits. */
  public static byte[] answer(int address, String id, int status, String records) {
    StringBuilder turned = new StringBuilder();
    for (int i = 6; i >= 0; i -= 2) {
      turned.append(id, i, i + 2);
    }
    String content =
        String.format("08%02x72", address)
            + turned
            + "244001025"
            + String.format("5%02x0000", status)
            + records;
    byte[] bytes = HexFormat.of().parseHex(content);
    byte[] frame = new byte[bytes.length + 6];
    frame[0] = 0x68;
    frame[1] = (byte) bytes.length;
    frame[2] = (byte) bytes.length;
    frame[3] = 0x68;
    byte sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      frame[i + 4] = bytes[i];
      sum += bytes[i];
    }
    frame[frame.length - 2] = sum;
    frame[frame.length - 1] = 0x16;
    return frame;
  }

  @Override
  public int read(byte[] into) throws IOException {
    gone();
    if (waiting.isEmpty()) {
      bench.pass(200);
      return 0;
    }
    int count = 0;
    while (!waiting.isEmpty() && count < (dribble ? 1 : into.length)) {
      into[count++] = waiting.remove();
    }
    return count;
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    gone();
    heard.add(HexFormat.of().formatHex(bytes));
    if (echo) {
      noise(bytes);
    }
    Deque<byte[]> answers = meters.get(bytes[2] & 0xff);
    if (answers == null) {
      return;
    }
    if (bytes[1] == 0x40) {
      noise((byte) 0xE5);
    } else {
      noise(answers.size() > 1 ? answers.remove() : answers.element());
    }
  }

  private void gone() throws IOException {
    if (unplugged) {
      throw new IOException("/dev/memory is gone");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
