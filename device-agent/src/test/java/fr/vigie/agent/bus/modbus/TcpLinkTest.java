package fr.vigie.agent.bus.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpLinkTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Read ONE = new Read(Table.HOLDING, 7, 1);

  private Gateway gateway;
  private TcpLink link;

  @BeforeEach
  void start() throws IOException {
    gateway = new Gateway();
    link = new TcpLink("127.0.0.1", gateway.server.getLocalPort(), System::nanoTime);
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    gateway.close();
  }

  @Test
  void severalUnitsAreAskedOverOneConnection() throws IOException {
    for (int unit = 1; unit <= 3; unit++) {
      assertThat(data(link.read(unit, ONE, LONG))).isEqualTo(new byte[] {0, 42});
    }

    assertThat(gateway.connections).hasSize(1);
  }

  @Test
  void anAnswerThatComesTooLateIsDroppedByItsNumber() throws IOException {
    gateway.next.add(question -> new byte[0]);
    gateway.next.add(
        question -> both(changed(answer(question, 13), 1, question[1] - 1), answer(question, 42)));
    assertThat(link.read(1, ONE, SHORT)).isEqualTo(new Answer.Silence());

    assertThat(data(link.read(1, ONE, LONG))).isEqualTo(new byte[] {0, 42});
    assertThat(gateway.connections).hasSize(1);
    assertThat(link.use().late()).isEqualTo(1);
    assertThat(link.use().busyNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @Test
  void afterTwoTimeOutsInARowTheNextQuestionGoesOverANewConnection() throws IOException {
    gateway.next.add(question -> new byte[0]);
    gateway.next.add(question -> new byte[0]);
    link.read(1, ONE, SHORT);
    link.read(1, ONE, SHORT);

    assertThat(data(link.read(1, ONE, LONG))).isEqualTo(new byte[] {0, 42});
    assertThat(gateway.connections).hasSize(2);
  }

  @Test
  void anIdleConnectionThatTheDeviceClosedIsReplacedUnnoticed() throws IOException {
    link.read(1, ONE, LONG);
    gateway.connections.get(0).close();

    assertThat(data(link.read(1, ONE, LONG))).isEqualTo(new byte[] {0, 42});
  }

  @Test
  void whatDoesNotFitTheQuestionIsNoAnswer() throws IOException {
    List<UnaryOperator<byte[]>> faults =
        List.of(
            question -> changed(answer(question, 42), 6, 9),
            question -> changed(answer(question, 42), 7, 4),
            question -> changed(answer(question, 42), 8, 4),
            question -> changed(answer(question, 42), 2, 1),
            question -> changed(answer(question, 42), 5, 2),
            question -> "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
    for (UnaryOperator<byte[]> fault : faults) {
      gateway.next.add(fault);
      assertThat(link.read(1, ONE, LONG)).isInstanceOf(Answer.Damaged.class);
      assertThat(data(link.read(1, ONE, LONG))).isEqualTo(new byte[] {0, 42});
    }
  }

  @Test
  void halfAnAnswerIsNone() throws IOException {
    gateway.next.add(question -> Arrays.copyOf(answer(question, 42), 9));

    assertThat(link.read(1, ONE, Duration.ofSeconds(2))).isInstanceOf(Answer.Damaged.class);
    assertThat(data(link.read(1, ONE, LONG))).isEqualTo(new byte[] {0, 42});
  }

  @Test
  void aGatewayTellsThatADeviceBehindItIsDead() throws IOException {
    gateway.next.add(
        question ->
            new byte[] {question[0], question[1], 0, 0, 0, 3, question[6], (byte) 0x83, 11});

    Answer answer = link.read(1, ONE, LONG);
    assertThat(answer).isEqualTo(new Answer.Refused(11));
    assertThat(((Answer.Refused) answer).isOfAGateway()).isTrue();
  }

  @Test
  void aHostThatIsNotThereIsToldWithWhatToDo() throws IOException {
    gateway.close();
    assertThatThrownBy(() -> link.read(1, ONE, LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("takes no connection");
    assertThatThrownBy(
            () -> new TcpLink("nowhere.invalid", 502, System::nanoTime).read(1, ONE, LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no address is known");
  }

  private static byte[] data(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Data.class);
    return ((Answer.Data) answer).bytes();
  }

  private static byte[] answer(byte[] question, int value) {
    return new byte[] {question[0], question[1], 0, 0, 0, 5, question[6], 3, 2, 0, (byte) value};
  }

  private static byte[] changed(byte[] bytes, int at, int to) {
    bytes[at] = (byte) to;
    return bytes;
  }

  private static byte[] both(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Answers questions, the next ones as it is told. */
  private static final class Gateway implements Closeable {
    final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    final List<Socket> connections = Collections.synchronizedList(new ArrayList<>());
    final Queue<UnaryOperator<byte[]>> next = new ConcurrentLinkedQueue<>();

    final Thread accepting = new Thread(this::accept, "gateway");

    Gateway() throws IOException {
      accepting.setDaemon(true);
      accepting.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          connections.add(socket);
          Thread thread = new Thread(() -> serve(socket), "gateway connection");
          thread.setDaemon(true);
          thread.start();
        }
      } catch (IOException e) {
        // closed
      }
    }

    private void serve(Socket socket) {
      try {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] question = new byte[12];
        while (true) {
          in.readFully(question);
          UnaryOperator<byte[]> now = next.poll();
          byte[] said = now == null ? answer(question, 42) : now.apply(question);
          socket.getOutputStream().write(said);
        }
      } catch (IOException e) {
        // the other end has closed
      }
    }

    /** A kernel that still waits in accept holds the port open, so this waits for its end. */
    @Override
    public void close() throws IOException {
      server.close();
      try {
        accepting.join();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      for (Socket each : List.copyOf(connections)) {
        each.close();
      }
    }
  }
}
