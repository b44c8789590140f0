package fr.vigie.server.ingest;

import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Topic;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An agent at a press, over real MQTT. */
final class PressClient implements AutoCloseable {
  private final Press press;
  private final MqttAsyncClient client;
  final BlockingQueue<Ack> acks = new LinkedBlockingQueue<>();
  final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();

  PressClient(URI broker, Press press) throws MqttException {
    this.press = press;
    this.client =
        new MqttAsyncClient(
            broker.toString(), press.agent() + UUID.randomUUID(), new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(20_000);
    options.setWill(press.topic(Topic.Channel.STATE), press.online(), 1, true);
    client.setCallback(new Ear());
    client.connect(options).waitForCompletion(10_000);
    client
        .subscribe(
            new String[] {press.topic(Topic.Channel.ACK), press.topic(Topic.Channel.CMD)},
            new int[] {1, 1})
        .waitForCompletion(10_000);
  }

  void born() throws MqttException {
    send(Topic.Channel.BIRTH, press.birthBytes(), true);
  }

  void sends(long sequence) throws MqttException {
    send(Topic.Channel.DATA, press.bytes(sequence), false);
  }

  void send(Topic.Channel channel, byte[] payload, boolean retained) throws MqttException {
    client.publish(press.topic(channel), payload, 1, retained).waitForCompletion(10_000);
  }

  /** Waits until the server said that the sequence is stored. */
  Ack awaitAck(long sequence) throws InterruptedException {
    while (true) {
      Ack ack = acks.poll(20, TimeUnit.SECONDS);
      if (ack == null) {
        throw new AssertionError("no acknowledgement of " + sequence + " came within 20 s");
      }
      if (ack.epoch() == press.epoch() && ack.sequence() >= sequence) {
        return ack;
      }
    }
  }

  /** Cuts the connection as a power cut does, without a farewell. */
  void cut() throws MqttException {
    client.disconnectForcibly(0, 1, false);
    client.close(true);
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(5_000);
    }
    client.close(true);
  }

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
      if (Topic.parse(topic).channel() == Topic.Channel.ACK) {
        acks.add(AckCodec.decode(message.getPayload()));
      } else {
        commands.add(CommandCodec.decode(message.getPayload()));
      }
    }

    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
