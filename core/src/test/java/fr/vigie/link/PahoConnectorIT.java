package fr.vigie.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PahoConnectorIT {
  @TempDir Path folder;

  private static Connection connect(URI broker, String name) {
    return connect(broker, name, () -> {});
  }

  private static Connection connect(URI broker, String name, Runnable news) {
    return new PahoConnector(new Broker(broker, name, Optional.empty()), 2, news)
        .connect(List.of("from/" + name), new Connector.Will("will/" + name, new byte[0]));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void messagesPassAndADeadBrokerIsNoticed() throws IOException, InterruptedException {
    try (Mosquitto mosquitto = new Mosquitto(folder)) {
      Connection connection = connect(mosquitto.address(), "pi");
      await(() -> connection.state() == Connection.State.UP);

      assertThat(connection.publish("from/pi", "good morning".getBytes(UTF_8), false)).isTrue();
      Connection.Message[] arrived = new Connection.Message[1];
      await(
          () -> {
            connection.poll().ifPresent(message -> arrived[0] = message);
            return arrived[0] != null;
          });
      assertThat(new String(arrived[0].payload(), UTF_8)).isEqualTo("good morning");

      mosquitto.kill();
      await(() -> connection.state() == Connection.State.DOWN);
      assertThat(connection.problem()).contains("broke");
      assertThat(connection.publish("from/pi", new byte[1], false)).isFalse();
      connection.close();

      mosquitto.restart();
      Connection anew = connect(mosquitto.address(), "pi");
      await(() -> anew.state() == Connection.State.UP);
      anew.close();
    }
  }

  @Test
  void whoWaitsForNewsIsCalledForEachChangeAndEachMessage()
      throws IOException, InterruptedException {
    Semaphore news = new Semaphore(0);
    try (Mosquitto mosquitto = new Mosquitto(folder)) {
      Connection connection = connect(mosquitto.address(), "pi", news::release);
      assertThat(news.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(connection.state()).isEqualTo(Connection.State.UP);

      connection.publish("from/pi", "good morning".getBytes(UTF_8), false);
      assertThat(news.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(connection.poll()).isPresent();

      mosquitto.kill();
      assertThat(news.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(connection.state()).isEqualTo(Connection.State.DOWN);
      connection.close();
    }
  }

  @Test
  void whereNoBrokerListensTheMessageSaysWhatToLookAt() {
    Connection connection = connect(URI.create("tcp://127.0.0.1:1"), "pi");
    await(() -> connection.state() == Connection.State.DOWN);

    assertThat(connection.problem())
        .isEqualTo("no broker answers at tcp://127.0.0.1:1: is it started, and is the port right?");
    connection.close();
  }

  @Test
  void anUnknownHostIsNamed() {
    Connection connection = connect(URI.create("tcp://no-such-host.invalid:1883"), "pi");
    await(() -> connection.state() == Connection.State.DOWN);

    assertThat(connection.problem()).contains("no-such-host.invalid").contains("not known");
    connection.close();
  }
}
