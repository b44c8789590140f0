package fr.vigie.bench;

import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.agent.bus.modbus.Table;
import fr.vigie.agent.bus.modbus.TcpLink;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The least that a Java program can do: reads registers and lines, publishes them as JSON each
 * cycle, and keeps nothing. Arguments: broker, Modbus port, registers, serial port.
 */
final class BareLoop {
  private static final int MOST = 125;
  private static final long CYCLE = 100_000_000;

  private BareLoop() {}

  public static void main(String[] arguments) throws Exception {
    int registers = Integer.parseInt(arguments[2]);
    MqttAsyncClient client = new MqttAsyncClient(arguments[0], "bare", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(1_000);
    client.connect(options).waitForCompletion();
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    Thread line = new Thread(() -> listen(Path.of(arguments[3]), lines), "line");
    line.setDaemon(true);
    line.start();
    TcpLink link = new TcpLink("127.0.0.1", Integer.parseInt(arguments[1]), System::nanoTime);
    long due = System.nanoTime();
    while (client.isConnected()) {
      Instant now = Instant.now();
      StringBuilder json = new StringBuilder(registers * 12);
      json.append("{\"t\":").append(now.getEpochSecond() * 1_000_000_000 + now.getNano());
      for (int at = 0; at < registers; at += MOST) {
        Read read = new Read(Table.HOLDING, at, Math.min(MOST, registers - at));
        Answer answer = link.read(1, read, Duration.ofMillis(500));
        byte[] data = ((Answer.Data) answer).bytes();
        for (int i = 0; i < read.count(); i++) {
          int value = (data[2 * i] & 0xff) << 8 | data[2 * i + 1] & 0xff;
          json.append(",\"r").append(at + i).append("\":").append(value);
        }
      }
      for (String each = lines.poll(); each != null; each = lines.poll()) {
        json.append(",\"n\":").append(each.substring(2));
      }
      client.publish(
          "bare/json", json.append('}').toString().getBytes(StandardCharsets.UTF_8), 1, false);
      due += CYCLE;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private static void listen(Path port, Queue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new FileReader(port.toFile(), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("n=")) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the line is gone", e);
    }
  }
}
