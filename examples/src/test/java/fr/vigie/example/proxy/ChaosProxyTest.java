package fr.vigie.example.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChaosProxyTest {
  private ServerSocket door;
  private ChaosProxy proxy;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = ChaosProxy.before(door.getLocalPort(), 7);
    client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    server = door.accept();
    client.setSoTimeout(20_000);
    server.setSoTimeout(20_000);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.close();
    proxy.close();
    door.close();
  }

  @Test
  void whatIsNotTormentedPassesUnchangedBothWays() throws IOException {
    byte[] said = noise(100_000);
    say(client, said);
    assertThat(server.getInputStream().readNBytes(said.length)).isEqualTo(said);
    say(server, said);
    assertThat(client.getInputStream().readNBytes(said.length)).isEqualTo(said);
    client.shutdownOutput();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void aDelayHoldsOneDirectionOnlyAndKeepsOrder() throws IOException {
    proxy.up(Torment.delayed(Duration.ofMillis(400)));
    long start = System.nanoTime();
    say(client, new byte[] {1, 2, 3});
    say(client, new byte[] {4, 5});
    assertThat(server.getInputStream().readNBytes(5)).containsExactly(1, 2, 3, 4, 5);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000L);
  }

  @Test
  void aRateIsNotExceeded() throws IOException {
    proxy.up(Torment.NONE.atMost(10_000));
    long start = System.nanoTime();
    say(client, noise(5_000));
    assertThat(server.getInputStream().readNBytes(5_000)).hasSize(5_000);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(350_000_000L);
  }

  @Test
  void aCutComesAfterExactlySoManyBytes() throws IOException {
    proxy.up(Torment.cutAfter(1_500));
    say(client, noise(4_000));
    assertThat(readUntilReset(server)).isEqualTo(1_500);
  }

  @Test
  void aResetBreaksBothSides() throws IOException {
    proxy.reset();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @Test
  void aBlackHoleKeepsTheConnectionAndNothingArrivesUntilItEnds() throws IOException {
    proxy.up(Torment.swallow());
    say(client, new byte[] {9});
    server.setSoTimeout(300);
    assertThatThrownBy(() -> server.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    say(server, new byte[] {8});
    assertThat(client.getInputStream().read()).isEqualTo(8);
    proxy.calm();
    server.setSoTimeout(20_000);
    assertThat(server.getInputStream().read()).isEqualTo(9);
  }

  @Test
  void garbledBytesDifferByOneBitAndTheirNumberStays() throws IOException {
    proxy.down(Torment.garble(0.1));
    byte[] said = noise(10_000);
    say(server, said);
    byte[] heard = client.getInputStream().readNBytes(said.length);
    int changed = 0;
    for (int i = 0; i < said.length; i++) {
      int bits = Integer.bitCount((said[i] ^ heard[i]) & 0xFF);
      assertThat(bits).isLessThanOrEqualTo(1);
      changed += bits;
    }
    assertThat(changed).isBetween(800, 1_200);
  }

  @Test
  void whoIsRefusedIsReset() throws IOException {
    proxy.refuse();
    try (Socket late = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void aServerThatDoesNotRunIsAReset() throws IOException {
    door.close();
    try (Socket late = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static long readUntilReset(Socket socket) throws IOException {
    long count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (SocketException e) {
      return count;
    }
    return count;
  }

  private static void say(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
