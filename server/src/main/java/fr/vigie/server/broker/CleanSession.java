package fr.vigie.server.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;

/**
 * Makes a session end with its connection. A broker without a disk that keeps messages for who is
 * away only fills its memory until it can serve nobody; agents keep their own.
 */
final class CleanSession {
  private static final int SESSION_EXPIRY_INTERVAL = 17;

  private CleanSession() {}

  static MqttConnectMessage of(MqttConnectMessage connect) {
    MqttConnectVariableHeader asked = connect.variableHeader();
    MqttProperties properties = new MqttProperties();
    for (MqttProperties.MqttProperty<?> property : asked.properties().listAll()) {
      if (property.propertyId() != SESSION_EXPIRY_INTERVAL) {
        properties.add(property);
      }
    }
    return new MqttConnectMessage(
        connect.fixedHeader(),
        new MqttConnectVariableHeader(
            asked.name(),
            asked.version(),
            asked.hasUserName(),
            asked.hasPassword(),
            asked.isWillRetain(),
            asked.willQos(),
            asked.isWillFlag(),
            true,
            asked.keepAliveTimeSeconds(),
            properties),
        connect.payload());
  }
}
