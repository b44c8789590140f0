package fr.vigie.server.ingest;

import fr.vigie.link.Authorities;
import fr.vigie.wire.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's connection to a broker, over Paho as a plain pipe: a fresh client for every
 * connection, nothing kept, nothing that blocks in a callback. A message is settled with the broker
 * when ingest is done with it, so the broker holds back what ingest has no room for.
 */
final class BrokerSession implements Outgoing {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
  private static final long PATIENCE_MILLIS = 10_000;
  private static final int REFUSED_SUBSCRIPTION = 0x80;

  private final BrokerAccess access;
  private final Inbox inbox;
  private final Backoff backoff;
  private final Semaphore lost = new Semaphore(0);
  private volatile @Nullable MqttAsyncClient client;
  private volatile boolean taking = true;
  private volatile String trouble = "not connected yet";
  private String told = "";

  BrokerSession(BrokerAccess access, Inbox inbox, Backoff backoff) {
    this.access = access;
    this.inbox = inbox;
    this.backoff = backoff;
  }

  /** Connects when there is no connection, and else waits a while for its loss. */
  void step(Loop loop) throws InterruptedException {
    if (isConnected()) {
      boolean now = lost.tryAcquire(200, TimeUnit.MILLISECONDS);
      if (now) {
        LOG.warn("lost the broker {}: {}", access, trouble);
      }
      return;
    }
    drop();
    try {
      connect();
      backoff.reset();
      told = "";
      LOG.info("connected to the broker {}", access);
    } catch (MqttException | IOException e) {
      trouble = reason(e);
      drop();
      if (!told.equals(trouble)) {
        LOG.warn("cannot reach the broker {}: {}; trying again until it answers", access, trouble);
        told = trouble;
      }
      loop.pause(backoff.next());
    }
  }

  boolean isConnected() {
    MqttAsyncClient now = client;
    return now != null && now.isConnected();
  }

  /** Why there is no connection, empty when there is one. */
  Optional<String> trouble() {
    return isConnected() ? Optional.empty() : Optional.of(trouble);
  }

  @Override
  public boolean publish(Topic topic, byte[] payload) {
    MqttAsyncClient now = client;
    if (now == null || !now.isConnected()) {
      return false;
    }
    try {
      now.publish(topic.toString(), payload, 0, false);
      return true;
    } catch (MqttException e) {
      return false;
    }
  }

  /** From now on messages are left with the broker. */
  void stopTaking() {
    taking = false;
  }

  /** Ends the connection in order; for the thread that steps, or after it has ended. */
  void close() {
    MqttAsyncClient now = client;
    if (now != null && now.isConnected()) {
      try {
        now.disconnect(1_000).waitForCompletion(2_000);
      } catch (MqttException e) {
        LOG.debug("the broker did not take the farewell: {}", e.toString());
      }
    }
    drop();
  }

  private void connect() throws MqttException, IOException {
    String id = "vigie-server-" + UUID.randomUUID().toString().substring(0, 8);
    MqttAsyncClient fresh =
        new MqttAsyncClient(access.address().toString(), id, new MemoryPersistence());
    client = fresh;
    lost.drainPermits();
    fresh.setManualAcks(true);
    fresh.setCallback(new Hand(fresh));
    fresh.connect(options()).waitForCompletion(PATIENCE_MILLIS);
    String[] filters = {
      Topic.filter(Topic.Channel.BIRTH),
      Topic.filter(Topic.Channel.STATE),
      Topic.filter(Topic.Channel.CLOCK),
      IngestService.DATA_FILTER
    };
    IMqttToken token = fresh.subscribe(filters, new int[] {1, 1, 1, 1});
    token.waitForCompletion(PATIENCE_MILLIS);
    for (int granted : token.getGrantedQos()) {
      if (granted == REFUSED_SUBSCRIPTION) {
        throw new IOException(
            "it does not let this user subscribe to " + String.join(", ", filters));
      }
    }
  }

  private MqttConnectOptions options() throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setKeepAliveInterval(20);
    options.setConnectionTimeout((int) Duration.ofMillis(PATIENCE_MILLIS).toSeconds());
    options.setMaxInflight(1_000);
    if (access.authorities().isPresent()) {
      options.setSocketFactory(Authorities.sockets(access.authorities().get()));
    } else if (!access.isEncrypted()) {
      options.setSocketFactory(new PromptSockets());
    }
    if (!access.user().isEmpty()) {
      options.setUserName(access.user());
      options.setPassword(access.password().read());
    }
    return options;
  }

  private void drop() {
    MqttAsyncClient old = client;
    client = null;
    if (old == null) {
      return;
    }
    try {
      if (old.isConnected()) {
        old.disconnectForcibly(0, 1, false);
      }
    } catch (MqttException e) {
      LOG.debug("a connection did not end in order: {}", e.toString());
    }
    try {
      old.close(true);
    } catch (MqttException e) {
      LOG.debug("a client did not close: {}", e.toString());
    }
  }

  private static String reason(Exception e) {
    Optional<String> insecure = Authorities.problem(e);
    if (insecure.isPresent()) {
      return "no secure connection: " + insecure.get();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What Paho calls; its thread must come back at once. */
  private final class Hand implements MqttCallback {
    private final MqttAsyncClient of;

    Hand(MqttAsyncClient of) {
      this.of = of;
    }

    @Override
    public void connectionLost(Throwable cause) {
      trouble = cause instanceof Exception e ? reason(e) : String.valueOf(cause);
      lost.release();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (!taking) {
        return;
      }
      int id = message.getId();
      int qos = message.getQos();
      Runnable settled = () -> settle(id, qos);
      if (!inbox.offer(new Arrival(topic, message.getPayload(), System.nanoTime(), settled))) {
        settled.run();
      }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    private void settle(int id, int qos) {
      if (qos == 0 || client != of) {
        return;
      }
      try {
        of.messageArrivedComplete(id, qos);
      } catch (MqttException e) {
        LOG.debug("the broker did not hear that a message is settled: {}", e.toString());
      }
    }
  }
}
