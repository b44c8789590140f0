package fr.vigie.server.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks MQTT 3.1.1 byte by byte, so that it can say what no library would. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(URI broker) throws IOException {
    this.socket = new Socket(broker.getHost(), broker.getPort());
  }

  RawClient connected(String id) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeUTF("MQTT");
    out.writeByte(4);
    out.writeByte(2);
    out.writeShort(60);
    out.writeUTF(id);
    packet(0x10, body.toByteArray());
    byte[] answer = socket.getInputStream().readNBytes(4);
    if (answer.length < 4 || answer[0] != 0x20 || answer[3] != 0) {
      throw new IOException("the broker did not accept the connection");
    }
    return this;
  }

  void publish(String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new DataOutputStream(body).writeUTF(topic);
    body.write(payload);
    packet(0x30, body.toByteArray());
  }

  void subscribe(String filter) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(1);
    out.writeUTF(filter);
    out.writeByte(0);
    packet(0x82, body.toByteArray());
  }

  void packet(int type, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header(type, body.length));
    packet.write(body);
    send(packet.toByteArray());
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] header(int type, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    int left = length;
    do {
      out.write(left % 128 | (left > 127 ? 128 : 0));
      left /= 128;
    } while (left > 0);
    return out.toByteArray();
  }

  /** Whether the broker ends the connection within that time. */
  boolean isCutWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    InputStream in = socket.getInputStream();
    try {
      while (in.read() >= 0) {
        socket.setSoTimeout((int) time.toMillis());
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
