package fr.vigie.server.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Artemis as an MQTT broker in this process. It keeps nothing on disk and a bounded amount in
 * memory; what it loses, agents send again, for only the store's acknowledgement releases a batch.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** The largest MQTT packet that is taken, in bytes; who sends a larger one is cut off. */
  public static final int LARGEST_PACKET = 4 << 20;

  private static final String ACCEPTOR = "mqtt";

  private static final long MEMORY = 32L << 20;

  private final String bind;
  private final int port;
  private final ActiveMQServer server;
  private final GuardedMqttFactory guard = new GuardedMqttFactory(LARGEST_PACKET);

  /**
   * @param bind the address to listen on
   * @param port 0 for any free one
   * @param folder where Artemis is told to look for files that it does not make
   * @param precious a filter whose subscriber misses nothing: when it cannot keep up, publishers
   *     are turned away. Any other subscriber that is slow misses messages and holds up nobody
   */
  public EmbeddedBroker(String bind, int port, Path folder, String precious) {
    this.bind = bind;
    this.port = port;
    this.server = new ActiveMQServerImpl(configuration(folder, precious));
    server.addProtocolManagerFactory(guard);
  }

  /**
   * Returns once clients can connect.
   *
   * @throws BrokerException when the port is taken or Artemis does not start
   */
  public void start() {
    refuseTakenPort();
    try {
      server.start();
    } catch (Exception e) {
      throw new BrokerException("the embedded broker does not start: " + e.getMessage(), e);
    }
    if (!isUp()) {
      close();
      throw new BrokerException("the embedded broker does not listen on " + bind + ":" + port);
    }
  }

  /** Where clients find it, once started. */
  public URI address() {
    String host = bind.contains(":") ? '[' + bind + ']' : bind;
    return URI.create("tcp://" + host + ':' + acceptor().getActualPort());
  }

  /** Whether clients can connect. */
  public boolean isUp() {
    return server.isActive()
        && server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
        && acceptor.isStarted()
        && acceptor.getActualPort() > 0;
  }

  public int connections() {
    return server.getConnectionCount();
  }

  /** Clients that were cut off for a topic or a packet that is not taken. */
  public long refused() {
    return guard.refused();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new BrokerException("the embedded broker does not stop: " + e.getMessage(), e);
    }
  }

  private NettyAcceptor acceptor() {
    return (NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR);
  }

  private void refuseTakenPort() {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
    } catch (BindException e) {
      throw new BrokerException(
          "port "
              + port
              + " is in use by another program: stop it, or choose another with --mqtt-port",
          e);
    } catch (IOException e) {
      throw new BrokerException("cannot listen on " + bind + ":" + port + ": " + e.getMessage(), e);
    }
  }

  private Configuration configuration(Path folder, String precious) {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("vigie")
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .setJMXNotificationEnabled(false)
            .setMessageCounterEnabled(false)
            .setCriticalAnalyzer(false)
            .setResolveProtocols(false)
            .setGracefulShutdownEnabled(false)
            .setThreadPoolMaxSize(4)
            .setScheduledThreadPoolMaxSize(1)
            .setMaxDiskUsage(-1)
            .setGlobalMaxSize(MEMORY)
            .setJournalDirectory(folder.resolve("journal").toString())
            .setBindingsDirectory(folder.resolve("bindings").toString())
            .setPagingDirectory(folder.resolve("paging").toString())
            .setLargeMessagesDirectory(folder.resolve("large").toString());
    configuration.setLiteralMatchMarkers("()");
    configuration.addAddressSetting(
        "#", bounded(AddressFullMessagePolicy.DROP, 2L << 20).setDefaultRingSize(1_000));
    configuration.addAddressSetting(
        '(' + precious.replace('/', '.').replace('+', '*') + ')',
        bounded(AddressFullMessagePolicy.FAIL, MEMORY / 2));
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            NettyAcceptorFactory.class.getName(), transport(), ACCEPTOR, protocol()));
    return configuration;
  }

  private static AddressSettings bounded(AddressFullMessagePolicy policy, long bytes) {
    return new AddressSettings()
        .setAddressFullMessagePolicy(policy)
        .setMaxSizeBytes(bytes)
        .setAutoCreateQueues(true)
        .setAutoDeleteQueues(true)
        .setAutoCreateAddresses(true)
        .setAutoDeleteAddresses(true)
        .setAutoCreateDeadLetterResources(false)
        .setAutoCreateExpiryResources(false)
        .setMaxDeliveryAttempts(-1)
        .setEnableMetrics(false);
  }

  private Map<String, Object> transport() {
    Map<String, Object> transport = new HashMap<>();
    transport.put("host", bind);
    transport.put("port", port);
    transport.put("protocols", "MQTT");
    transport.put("useEpoll", false);
    transport.put("useKQueue", false);
    transport.put("remotingThreads", 2);
    transport.put("connectionsAllowed", 1_000);
    transport.put("handshake-timeout", 10);
    transport.put("tcpReceiveBufferSize", 256 << 10);
    return transport;
  }

  private static Map<String, Object> protocol() {
    Map<String, Object> protocol = new HashMap<>();
    protocol.put("closeMqttConnectionOnPublishAuthorizationFailure", false);
    protocol.put("maximumPacketSize", LARGEST_PACKET);
    protocol.put("defaultMaximumInFlightPublishMessages", 512);
    protocol.put("receiveMaximum", 512);
    protocol.put("topicAliasMaximum", 64);
    return protocol;
  }
}
