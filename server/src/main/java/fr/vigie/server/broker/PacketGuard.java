package fr.vigie.server.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off a client whose packet is malformed or too large, whose first packet is not CONNECT or
 * does not come in time, or whose topic Artemis would corrupt (a backslash) or spend itself on
 * (very long or very deep). Sessions are made to end with their connection, see {@link
 * CleanSession}.
 */
final class PacketGuard extends ChannelInboundHandlerAdapter {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_TOPIC = 1_024;
  private static final int DEEPEST_TOPIC = 32;
  private static final int MOST_FILTERS = 64;

  private final LongAdder refused;
  private boolean connected;
  private boolean cut;
  private @Nullable ScheduledFuture<?> patience;

  PacketGuard(LongAdder refused) {
    this.refused = refused;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    patience =
        context.executor().schedule(() -> cut(context), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    endPatience();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object packet) {
    if (!cut && packet instanceof MqttMessage message && isTaken(message)) {
      if (message instanceof MqttConnectMessage connect) {
        connected = true;
        endPatience();
        context.fireChannelRead(CleanSession.of(connect));
      } else {
        context.fireChannelRead(message);
      }
    } else {
      ReferenceCountUtil.release(packet);
      cut(context);
    }
  }

  private void cut(ChannelHandlerContext context) {
    if (!cut) {
      cut = true;
      refused.increment();
      endPatience();
      context.close();
    }
  }

  private void endPatience() {
    ScheduledFuture<?> waiting = patience;
    if (waiting != null) {
      waiting.cancel(false);
      patience = null;
    }
  }

  private boolean isTaken(MqttMessage message) {
    if (message.decoderResult().isFailure()) {
      return false;
    }
    if (message instanceof MqttConnectMessage connect) {
      return !connected
          && (!connect.variableHeader().isWillFlag() || isTopic(connect.payload().willTopic()));
    }
    if (message instanceof MqttPublishMessage publish) {
      String topic = publish.variableHeader().topicName();
      return connected && (topic.isEmpty() || isTopic(topic));
    }
    if (message instanceof MqttSubscribeMessage subscribe) {
      List<MqttTopicSubscription> filters = subscribe.payload().topicSubscriptions();
      return connected
          && filters.size() <= MOST_FILTERS
          && filters.stream().allMatch(filter -> isAddress(filter.topicFilter()));
    }
    return connected;
  }

  private static boolean isTopic(String topic) {
    return isAddress(topic) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
  }

  private static boolean isAddress(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TOPIC
        && text.indexOf('\\') < 0
        && text.chars().noneMatch(Character::isISOControl)
        && text.chars().filter(letter -> letter == '/').count() < DEEPEST_TOPIC;
  }
}
