package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.driver.Bench;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;

/**
 * An ADS1115 on the time of a test bench, whose inputs are voltages over seconds. A measurement is
 * there when its time has passed; its voltage is that of its end.
 */
final class FakeAds1115 extends RegisterFile {
  private static final double[] VOLT = {6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256};
  private static final int[] HERTZ = {8, 16, 32, 64, 128, 250, 475, 860};

  private final Bench bench;
  private final DoubleUnaryOperator[] inputs = new DoubleUnaryOperator[8];
  private int config = 0x0583;
  private long started;
  private long stoppedAt;
  boolean forgets;

  FakeAds1115(Bench bench) {
    this.bench = bench;
    java.util.Arrays.fill(inputs, (DoubleUnaryOperator) seconds -> 0);
  }

  FakeAds1115 input(Ads1115Chip.Input input, DoubleUnaryOperator volts) {
    inputs[input.ordinal()] = volts;
    return this;
  }

  /** Joins the chip as the first of its users. */
  Buses.Lease<Ads1115Chip> join() throws IOException {
    Buses.Lease<Ads1115Chip> lease = bench.buses.join("ads", () -> new Ads1115Chip(this));
    lease.bus().probe(bench.context());
    return lease;
  }

  @Override
  public void write(int register, int... values) throws IOException {
    super.write(register, values);
    if (register == 1 && !forgets) {
      boolean streamed = (config & 0x0100) == 0;
      int told = values[0] << 8 | values[1];
      boolean starts = (told & 0x8000) != 0 && !(streamed || bench.nanos < stoppedAt);
      stoppedAt = streamed ? bench.nanos + (long) period() : stoppedAt;
      config = told & 0x7FFF;
      started = starts || (config & 0x0100) == 0 ? bench.nanos : started;
    }
  }

  @Override
  public void read(int register, byte[] into, int count) throws IOException {
    super.read(register, into, count);
    int word = register == 0 ? conversion() : config | (isBusy() ? 0 : 0x8000);
    into[0] = (byte) (word >> 8);
    into[1] = (byte) word;
  }

  private double period() {
    return 1e9 / HERTZ[config >> 5 & 7];
  }

  private boolean isBusy() {
    return (config & 0x0100) == 0 || bench.nanos - started < period();
  }

  private int conversion() {
    double done = Math.floor((bench.nanos - started) / period());
    double at = (config & 0x0100) == 0 ? done : 1;
    double volts = inputs[config >> 12 & 7].applyAsDouble((started + at * period()) / 1e9);
    long steps = Math.round(volts / VOLT[config >> 9 & 7] * 32768);
    return (int) Math.max(-32768, Math.min(32767, steps));
  }
}
