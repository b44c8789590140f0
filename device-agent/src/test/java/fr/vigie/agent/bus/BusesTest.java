package fr.vigie.agent.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusesTest {
  private final Buses buses = new Buses();
  private final List<Line> opened = new ArrayList<>();

  private final class Line implements Closeable {
    private boolean closed;

    private Line() {
      opened.add(this);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aBusIsOpenedOnceAndClosedWhenItsLastUserLeaves() throws IOException {
    Buses.Lease<Line> first = buses.join("/dev/ttyUSB0", Line::new);
    Buses.Lease<Line> second = buses.join("/dev/ttyUSB0", Line::new);

    assertThat(second.bus()).isSameAs(first.bus());
    first.close();
    first.close();
    assertThat(opened.get(0).closed).isFalse();
    second.close();
    assertThat(opened.get(0).closed).isTrue();
    assertThat(opened).hasSize(1);
  }

  @Test
  void whoJoinsAfterABusWasLostOpensItAnew() throws IOException {
    Buses.Lease<Line> first = buses.join("/dev/ttyUSB0", Line::new);
    Buses.Lease<Line> second = buses.join("/dev/ttyUSB0", Line::new);
    first.lost();
    first.close();

    Buses.Lease<Line> anew = buses.join("/dev/ttyUSB0", Line::new);
    second.lost();
    second.close();

    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).closed).isTrue();
    assertThat(anew.bus()).isSameAs(opened.get(1));
    assertThat(buses.join("/dev/ttyUSB0", Line::new).bus()).isSameAs(anew.bus());
  }
}
