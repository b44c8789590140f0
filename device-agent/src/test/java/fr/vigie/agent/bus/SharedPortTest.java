package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedPortTest {
  private static final class Nothing implements BytePort {
    @Override
    public int read(byte[] into) {
      return 0;
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public void close() {}
  }

  private final SharedPort port = new SharedPort(new Nothing());

  @Test
  void whoAsksFirstHasTheTurnUntilItLeaves() throws IOException {
    assertThat(port.turn("one")).isTrue();
    assertThat(port.turn("two")).isFalse();
    assertThat(port.turn("three")).isFalse();
    assertThat(port.turn("one")).isTrue();
    port.leave("two");
    port.leave("one");
    port.leave("one");
    assertThat(port.turn("two")).isFalse();
    assertThat(port.turn("three")).isTrue();
  }

  @Test
  void everyThreadGetsItsTurnAlone() throws InterruptedException {
    int users = 4;
    int turns = 200;
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(users);
    for (int user = 0; user < users; user++) {
      int me = user;
      new Thread(
              () -> {
                Object who = new Object();
                try {
                  for (int i = 0; i < turns; i++) {
                    while (!port.turn(who)) {
                      Thread.onSpinWait();
                    }
                    order.add(me);
                    order.add(me);
                    port.leave(who);
                  }
                } catch (IOException e) {
                  order.clear();
                }
                done.countDown();
              })
          .start();
    }
    done.await();
    assertThat(order).hasSize(2 * users * turns);
    for (int i = 0; i < order.size(); i += 2) {
      assertThat(order.get(i)).isEqualTo(order.get(i + 1));
    }
  }
}
