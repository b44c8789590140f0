package fr.vigie.server.broker;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.server.ActiveMQComponent;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;

/** Artemis's installed MQTT protocol, with a {@link PacketGuard} at every connection. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class GuardedMqttFactory implements ProtocolManagerFactory<BaseInterceptor> {
  private final ProtocolManagerFactory artemis = installed();
  private final int largestPacket;
  private final LongAdder refused = new LongAdder();

  GuardedMqttFactory(int largestPacket) {
    this.largestPacket = largestPacket;
  }

  long refused() {
    return refused.sum();
  }

  @Override
  public ProtocolManager createProtocolManager(
      ActiveMQServer server,
      Map<String, Object> parameters,
      List<BaseInterceptor> incoming,
      List<BaseInterceptor> outgoing)
      throws Exception {
    return new GuardedMqtt(
        artemis.createProtocolManager(server, parameters, incoming, outgoing),
        largestPacket,
        refused);
  }

  @Override
  public List<BaseInterceptor> filterInterceptors(List<BaseInterceptor> interceptors) {
    return artemis.filterInterceptors(interceptors);
  }

  @Override
  public String[] getProtocols() {
    return artemis.getProtocols();
  }

  @Override
  public String getModuleName() {
    return artemis.getModuleName();
  }

  @Override
  public void loadProtocolServices(ActiveMQServer server, List<ActiveMQComponent> services) {
    artemis.loadProtocolServices(server, services);
  }

  @Override
  public void updateProtocolServices(ActiveMQServer server, List<ActiveMQComponent> services)
      throws Exception {
    artemis.updateProtocolServices(server, services);
  }

  private static ProtocolManagerFactory installed() {
    for (ProtocolManagerFactory factory : ServiceLoader.load(ProtocolManagerFactory.class)) {
      if (List.of(factory.getProtocols()).contains("MQTT")) {
        return factory;
      }
    }
    throw new BrokerException("the embedded broker lacks its MQTT module");
  }
}
