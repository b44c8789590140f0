package fr.vigie.agent.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import fr.vigie.agent.bus.Debounce;
import fr.vigie.agent.bus.EdgePort;
import fr.vigie.agent.bus.GpioLines;
import fr.vigie.agent.bus.GpioLines.Bias;
import fr.vigie.agent.bus.GpioLines.Edges;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Pi4J's digital inputs on the kernel's character device. Every event is an {@link EdgeEvent}. An
 * address is a line's number on the chip; the debounce of a configuration, in microseconds, is
 * carried out on the kernel's times. Listeners are called in a thread of Pi4J's.
 *
 * <pre>{@code
 * Context pi4j = Pi4J.newContextBuilder()
 *     .add(new GpioProvider("pinctrl-bcm2711", System::nanoTime))
 *     .build();
 * }</pre>
 */
public final class GpioProvider extends DigitalInputProviderBase implements DigitalInputProvider {
  private static final int BEFORE_OTHERS = 300;
  private static final long LOOK = 100_000_000;

  private final String chip;
  private final LongSupplier monotonic;

  /**
   * @param chip its path, name or label, such as {@code pinctrl-bcm2711}
   * @param monotonic {@code System::nanoTime}
   */
  public GpioProvider(String chip, LongSupplier monotonic) {
    super("vigie-digital-input", "Vigie's GPIO lines");
    this.chip = chip;
    this.monotonic = monotonic;
  }

  @Override
  public int getPriority() {
    return BEFORE_OTHERS;
  }

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    Input input = new Input(this, config);
    context.registry().add(input);
    return input;
  }

  private static Bias bias(PullResistance pull) {
    return switch (pull) {
      case PULL_UP -> Bias.PULL_UP;
      case PULL_DOWN -> Bias.PULL_DOWN;
      case OFF -> Bias.AS_IS;
    };
  }

  private EdgePort open(DigitalInputConfig config) throws IOException {
    return new GpioLines(
            chip,
            List.of(config.address().toString()),
            bias(config.pull()),
            false,
            Edges.BOTH,
            "vigie " + config.id())
        .open();
  }

  private static final class Input extends DigitalInputBase implements DigitalInput {
    private final GpioProvider gpio;
    private volatile DigitalState state = DigitalState.UNKNOWN;
    private volatile boolean over;
    private long missed;

    Input(GpioProvider provider, DigitalInputConfig config) {
      super(provider, config);
      this.gpio = provider;
    }

    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
      super.initialize(context);
      try {
        EdgePort port = gpio.open(config);
        long hold = 1_000 * config.debounce();
        boolean active = port.isActive(0);
        state = DigitalState.getState(active);
        Debounce debounce = new Debounce(active, hold, hold, this::changed);
        context.submitTask(() -> pump(port, debounce));
      } catch (IOException e) {
        throw new InitializeException(e.getMessage(), e);
      }
      return this;
    }

    private void pump(EdgePort port, Debounce debounce) {
      try (port) {
        while (!over) {
          long start = gpio.monotonic.getAsLong();
          boolean all =
              port.read(
                  Math.min(LOOK, debounce.remaining(start)),
                  (line, active, nanos, missedBefore) -> {
                    missed += missedBefore;
                    debounce.edge(active, nanos, missedBefore);
                  });
          if (all) {
            debounce.quiet(start);
          }
        }
      } catch (IOException e) {
        state = DigitalState.UNKNOWN;
      }
    }

    private void changed(boolean active, long nanos) {
      state = DigitalState.getState(active);
      dispatch(new EdgeEvent(this, active, nanos, missed));
      missed = 0;
    }

    @Override
    public DigitalInput shutdown(Context context) throws ShutdownException {
      over = true;
      return super.shutdown(context);
    }

    @Override
    public DigitalState state() {
      return state;
    }
  }
}
