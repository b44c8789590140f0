package fr.vigie.server.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.routing.RoutingHandler;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/**
 * Artemis's own MQTT, with its decoder exchanged for one that refuses large packets: Artemis would
 * gather up to 256 MB of one packet in memory before looking at it.
 */
@SuppressWarnings("rawtypes")
final class GuardedMqtt implements ProtocolManager<BaseInterceptor, RoutingHandler> {
  private final ProtocolManager<BaseInterceptor, RoutingHandler> artemis;
  private final int largestPacket;
  private final LongAdder refused;

  GuardedMqtt(
      ProtocolManager<BaseInterceptor, RoutingHandler> artemis,
      int largestPacket,
      LongAdder refused) {
    this.artemis = artemis;
    this.largestPacket = largestPacket;
    this.refused = refused;
  }

  @Override
  public void addChannelHandlers(ChannelPipeline pipeline) {
    artemis.addChannelHandlers(pipeline);
    pipeline.replace(MqttDecoder.class, "mqtt-decoder", new MqttDecoder(largestPacket));
    pipeline.addAfter("mqtt-decoder", "packet-guard", new PacketGuard(refused));
  }

  @Override
  public ProtocolManagerFactory<BaseInterceptor> getFactory() {
    return artemis.getFactory();
  }

  @Override
  public void updateInterceptors(List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
    artemis.updateInterceptors(incoming, outgoing);
  }

  @Override
  public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection connection) {
    return artemis.createConnectionEntry(acceptor, connection);
  }

  @Override
  public void removeHandler(String name) {
    artemis.removeHandler(name);
  }

  @Override
  public void handleBuffer(RemotingConnection connection, ActiveMQBuffer buffer) {
    artemis.handleBuffer(connection, buffer);
  }

  /** Whatever comes is taken for MQTT, so that the guard and not Artemis's guess decides. */
  @Override
  public boolean isProtocol(byte[] start) {
    return true;
  }

  @Override
  public boolean acceptsNoHandshake() {
    return artemis.acceptsNoHandshake();
  }

  @Override
  public void handshake(NettyServerConnection connection, ActiveMQBuffer buffer) {
    artemis.handshake(connection, buffer);
  }

  @Override
  public List<String> websocketSubprotocolIdentifiers() {
    return artemis.websocketSubprotocolIdentifiers();
  }

  @Override
  public void setAnycastPrefix(String prefix) {
    artemis.setAnycastPrefix(prefix);
  }

  @Override
  public void setMulticastPrefix(String prefix) {
    artemis.setMulticastPrefix(prefix);
  }

  @Override
  public Map<SimpleString, RoutingType> getPrefixes() {
    return artemis.getPrefixes();
  }

  @Override
  public void setSecurityDomain(String domain) {
    artemis.setSecurityDomain(domain);
  }

  @Override
  public String getSecurityDomain() {
    return artemis.getSecurityDomain();
  }

  @Override
  public RoutingHandler getRoutingHandler() {
    return artemis.getRoutingHandler();
  }
}
