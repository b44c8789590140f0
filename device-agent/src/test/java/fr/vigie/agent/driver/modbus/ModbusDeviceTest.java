package fr.vigie.agent.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.bus.modbus.Read;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.register.Register;
import fr.vigie.agent.register.RegisterType;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModbusDeviceTest {
  private final Bench bench = new Bench();
  private final Meter meter = new Meter();
  private final Map<String, ModbusSignal> signals = new LinkedHashMap<>();

  @Test
  void readingsOfOneCycleShareTheTimeOfItsFirstQuestion() throws IOException {
    register("a", 10);
    register("b", 11);
    register("c", 400);
    meter.millisAnAnswer = 30;
    Driver device = open();
    device.step();

    assertThat(meter.questions).hasSize(4).startsWith("2 from holding 10", "holding 400");
    assertThat(bench.readings)
        .containsExactly("a=10.0", "b=11.0", "c=400.0", "a=10.0", "b=11.0", "c=400.0");
    assertThat(bench.samples)
        .extracting(Sample::time)
        .containsExactly(
            Bench.START,
            Bench.START,
            Bench.START,
            Bench.START.plusMillis(100),
            Bench.START.plusMillis(100),
            Bench.START.plusMillis(100));
    assertThat(bench.counters.read()).isEqualTo(4);
  }

  @Test
  void whereARangeIsRefusedItIsReadInPartsFromThenOn() throws IOException {
    for (int i = 0; i < 8; i++) {
      register("r" + i, i);
    }
    meter.holes.add(5);
    Driver device = open();

    assertThat(bench.readings)
        .containsExactlyInAnyOrder(
            "r0=0.0", "r1=1.0", "r2=2.0", "r3=3.0", "r4=4.0", "r6=6.0", "r7=7.0");
    int questions = meter.questions.size();
    device.step();
    assertThat(meter.questions.subList(questions, meter.questions.size()))
        .containsExactly("4 from holding 0", "holding 4", "holding 5", "2 from holding 6");
    assertThat(bench.counters.lastRejection())
        .isEqualTo("holding 5: exception 2, the device has no such address");
  }

  @Test
  void aDeviceThatRefusesEverythingIsToldWithWhatToLookFor() {
    register("a", 10);
    register("b", 20);
    meter.holes.addAll(List.of(10, 20));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses all that it is asked: holding 20: exception 2")
        .hasMessageContaining("count from 0");
    assertThat(meter.left).isTrue();
  }

  @Test
  void anImpossibleNumberIsCountedAndTheOthersAreTaken() throws IOException {
    register("a", 10);
    signals.put("b", signal(11, Optional.of(RegisterType.BCD16), List.of()));
    signals.put("c", signal(12, Optional.empty(), List.of(0.0, 5.0)));
    open();

    assertThat(bench.readings).containsExactly("a=10.0");
    assertThat(bench.counters.rejected()).isEqualTo(2);
    assertThat(bench.counters.lastRejection()).isEqualTo("c is 12.0, wanted 0.0 to 5.0");
  }

  @Test
  void aDamagedAnswerIsAskedForOnceMore() throws IOException {
    register("a", 10);
    Driver device = open();
    meter.next.add(new Answer.Damaged("noise"));
    device.step();

    assertThat(bench.readings).containsExactly("a=10.0", "a=10.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void twoTimeOutsAreBorneAndAThirdInARowIsADeviceThatIsNotThere() throws IOException {
    register("a", 10);
    Driver device = open();
    for (int i = 0; i < 4; i++) {
      meter.next.add(new Answer.Silence());
      meter.next.add(new Answer.Silence());
      device.step();
      device.step();
      device.step();
    }
    assertThat(bench.readings).hasSize(5);
    meter.next.add(new Answer.Silence());
    meter.next.add(new Answer.Silence());
    meter.next.add(new Answer.Silence());
    device.step();
    device.step();

    assertThatThrownBy(device::step)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "unit 3 on plc:502 does not answer within 500 ms:"
                + " is it switched on, and is that its unit number?");
  }

  @Test
  void aDeviceThatDoesNotAnswerAtOnceIsNotOpened() {
    register("a", 10);
    meter.next.add(new Answer.Silence());

    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    assertThat(meter.questions).hasSize(1);
    assertThat(meter.left).isTrue();
  }

  @Test
  void aDeviceThatAGatewayCannotReachIsNotThere() {
    register("a", 10);
    meter.next.add(new Answer.Refused(11));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer the gateway");
  }

  private void register(String name, int address) {
    signals.put(name, signal(address, Optional.empty(), List.of()));
  }

  private static ModbusSignal signal(int address, Optional<RegisterType> type, List<Double> valid) {
    return new ModbusSignal(
        Optional.empty(),
        new Register(
            Optional.of(address),
            Optional.empty(),
            type,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            valid,
            Optional.of(Kind.GAUGE),
            Optional.empty(),
            Map.of()),
        Refinement.NONE);
  }

  private ModbusDevice config() {
    return new ModbusDevice(
        "press",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("plc"),
        3,
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        signals);
  }

  private List<String> findings(Driver device) {
    return ((Diagnosable) device).findings().stream().map(Finding::toString).toList();
  }

  @Test
  void howADeviceAnswersAndHowBusyItsWayIsIsTold() throws IOException {
    register("a", 10);
    meter.millisAnAnswer = 30;
    Driver device = open();
    for (int i = 0; i < 4; i++) {
      device.step();
    }

    assertThat(findings(device))
        .hasSize(2)
        .first()
        .asString()
        .contains("fine=true, words=answers took 30 ms on average and 30 ms at most");
    assertThat(findings(device).get(1)).contains("fine=true").contains("was busy for 3");
    meter.next.add(new Answer.Silence());
    device.step();
    assertThat(findings(device))
        .anyMatch(
            it ->
                it.contains("fine=false, words=1 of 6 questions were not answered within 500 ms"));
  }

  @Test
  void aWayThatHasNoTimeLeftIsToldToBeFull() throws IOException {
    register("a", 10);
    meter.millisAnAnswer = 95;
    Driver device = open();
    device.step();
    device.step();

    assertThat(findings(device))
        .anyMatch(it -> it.contains("fine=false") && it.contains("answers wait for each other"));
  }

  private Driver open() throws IOException {
    return ModbusReader.open(meter, config(), bench.context());
  }

  /** A device whose registers hold their own address, but where it has holes. */
  private final class Meter implements Modbus, Buses.Lease<Modbus> {
    final List<String> questions = new ArrayList<>();
    final List<Integer> holes = new ArrayList<>();
    final Deque<Answer> next = new ArrayDeque<>();
    int millisAnAnswer;
    boolean left;
    private long busy;

    @Override
    public Use use() {
      return new Use(busy, 0);
    }

    @Override
    public Answer read(int unit, Read read, Duration timeout) {
      assertThat(unit).isEqualTo(3);
      questions.add(read.toString());
      long asked = bench.nanos;
      bench.pass(millisAnAnswer);
      busy += bench.nanos - asked;
      Answer told = next.poll();
      if (told != null) {
        return told;
      }
      byte[] data = new byte[2 * read.count()];
      for (int i = 0; i < read.count(); i++) {
        int address = read.address() + i;
        if (holes.contains(address)) {
          return new Answer.Refused(2);
        }
        data[2 * i] = (byte) (address >> 8);
        data[2 * i + 1] = (byte) address;
      }
      return new Answer.Data(data, asked);
    }

    @Override
    public Modbus bus() {
      return this;
    }

    @Override
    public void lost() {
      throw new AssertionError("a connection makes itself anew");
    }

    @Override
    public void close() {
      left = true;
    }
  }
}
