package fr.vigie.link;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Paho as a plain pipe: a fresh client for each connection, a clean session, nothing kept or resent
 * by the library, and callbacks that only fill a bounded queue. What must survive is the outbox's
 * affair.
 */
public final class PahoConnector implements Connector {
  private static final int MOST_IN_FLIGHT = 1_000;
  private static final int INBOX = 1_000;

  private final Broker broker;
  private final int keepAliveSeconds;
  private final Runnable news;

  /**
   * @param keepAliveSeconds a silent broker is noticed within one and a half times this
   */
  public PahoConnector(Broker broker, int keepAliveSeconds) {
    this(broker, keepAliveSeconds, () -> {});
  }

  /**
   * @param keepAliveSeconds a silent broker is noticed within one and a half times this
   * @param news called by any thread when a connection has changed its state or a message waits in
   *     it; must not block
   */
  public PahoConnector(Broker broker, int keepAliveSeconds, Runnable news) {
    this.broker = broker;
    this.keepAliveSeconds = keepAliveSeconds;
    this.news = news;
  }

  @Override
  public String address() {
    return broker.address().toString();
  }

  @Override
  public Connection connect(List<String> subscriptions, Will will) {
    Session session = new Session();
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(address(), broker.clientId(), new MemoryPersistence());
      session.begin(client, options(will), subscriptions);
    } catch (MqttException e) {
      session.end(PahoProblem.inWords(e, address()));
    } catch (IOException e) {
      session.end("no secure connection to " + address() + ": " + e.getMessage());
    }
    return session;
  }

  private MqttConnectOptions options(Will will) throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(MOST_IN_FLIGHT);
    options.setKeepAliveInterval(keepAliveSeconds);
    options.setConnectionTimeout(10);
    options.setExecutorServiceTimeout(1);
    if (broker.authorities().isPresent()) {
      options.setSocketFactory(Authorities.sockets(broker.authorities().get()));
    }
    options.setWill(will.topic(), will.payload(), 1, true);
    broker
        .login()
        .ifPresent(
            login -> {
              options.setUserName(login.user());
              options.setPassword(login.secret().toCharArray());
            });
    return options;
  }

  private final class Session implements Connection, MqttCallback {
    private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX);
    private volatile State state = State.CONNECTING;
    private volatile String problem = "";
    private volatile Optional<MqttAsyncClient> client = Optional.empty();

    void begin(MqttAsyncClient begun, MqttConnectOptions options, List<String> subscriptions)
        throws MqttException {
      client = Optional.of(begun);
      begun.setCallback(this);
      begun.connect(options, null, after(() -> subscribe(begun, subscriptions)));
    }

    private void subscribe(MqttAsyncClient begun, List<String> subscriptions) {
      int[] qos = subscriptions.stream().mapToInt(filter -> 1).toArray();
      try {
        begun.subscribe(
            subscriptions.toArray(String[]::new),
            qos,
            null,
            after(
                () -> {
                  if (state == State.CONNECTING) {
                    state = State.UP;
                    news.run();
                  }
                }));
      } catch (MqttException e) {
        end(PahoProblem.inWords(e, address()));
      }
    }

    private IMqttActionListener after(Runnable success) {
      return new IMqttActionListener() {
        @Override
        public void onSuccess(IMqttToken token) {
          success.run();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable why) {
          end(PahoProblem.inWords(why, address()));
        }
      };
    }

    void end(String why) {
      if (state != State.DOWN) {
        problem = why;
        state = State.DOWN;
        news.run();
      }
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public String problem() {
      return problem;
    }

    @Override
    public boolean publish(String topic, byte[] payload, boolean retained) {
      MqttAsyncClient open = client.orElse(null);
      if (state != State.UP || open == null) {
        return false;
      }
      try {
        open.publish(topic, payload, 1, retained);
        return true;
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttException.REASON_CODE_MAX_INFLIGHT) {
          end(PahoProblem.inWords(e, address()));
        }
        return false;
      }
    }

    @Override
    public Optional<Message> poll() {
      return Optional.ofNullable(inbox.poll());
    }

    @Override
    public void close() {
      end("closed");
      client.ifPresent(
          open -> {
            try {
              open.disconnectForcibly(0, 200, false);
              open.close(true);
            } catch (MqttException e) {
              problem = PahoProblem.inWords(e, address());
            }
          });
      client = Optional.empty();
    }

    @Override
    public void connectionLost(Throwable why) {
      end(PahoProblem.inWords(why, address()));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (!inbox.offer(new Message(topic, message.getPayload()))) {
        end("more messages arrived from " + address() + " than could be read");
      }
      news.run();
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // A PUBACK says nothing about the server's store.
    }
  }
}
