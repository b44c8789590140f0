package fr.vigie.server.maturity;

import static fr.vigie.server.maturity.MachineIndicators.source;

import fr.vigie.energy.Energy;
import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.maturity.Outages;
import fr.vigie.maturity.Promptness;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.plant.Company;
import fr.vigie.server.plant.CompanyBook;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.usage.EnergyMeter;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the way of the data tells of maturity: how it comes, in which units, and from where. */
@Configuration(proxyBeanMethods = false)
class DataIndicators {
  /** Losses by which an outage of the link cost readings; an agent that was off lost none to it. */
  private static final Set<Loss.Reason> LOST =
      EnumSet.of(
          Loss.Reason.OUTBOX_FULL,
          Loss.Reason.OUTBOX_DAMAGED,
          Loss.Reason.HEAD_FULL,
          Loss.Reason.FORGOTTEN,
          Loss.Reason.REFUSED);

  private final Plant plant;
  private final CompanyBook company;
  private final Store store;
  private final AgentDirectory agents;
  private final Reception reception;

  DataIndicators(
      Plant plant, CompanyBook company, Store store, AgentDirectory agents, Reception reception) {
    this.plant = plant;
    this.company = company;
    this.store = store;
    this.agents = agents;
    this.reception = reception;
  }

  @Bean
  IndicatorSource latency() {
    return source(Indicator.M3, this::prompt);
  }

  @Bean
  IndicatorSource energySubMetering() {
    return source(Indicator.M8, this::metered);
  }

  @Bean
  IndicatorSource openness() {
    return source(Indicator.M11, span -> described());
  }

  @Bean
  IndicatorSource resilience() {
    return source(Indicator.M12, this::buffered);
  }

  private Finding prompt(Span span) {
    Promptness promptness = reception.promptness(span);
    List<Finding.Detail> details = new ArrayList<>(promptness.details());
    details.add(counted(span));
    return new Finding.Measured(
        promptness.prompt(), promptness.all(), "readings", details, List.of("/api/v1/agents"));
  }

  /** How much of the span was counted, in hours. */
  private Finding.Detail counted(Span span) {
    return new Finding.Detail("counted-over", reception.counted(span).toMillis() / 3.6e6, "h");
  }

  private Finding metered(Span span) throws IOException {
    Company its = company.company();
    if (its.siteMeters().isEmpty()) {
      return new Finding.NotMeasured("no-site-meter");
    }
    Optional<Energy> site = sum(its.siteMeters(), span);
    Optional<Energy> machines = sum(its.machineMeters(), span);
    if (site.isEmpty() || machines.isEmpty()) {
      return new Finding.NotMeasured("meter-without-unit");
    }
    List<String> evidence = new ArrayList<>();
    its.siteMeters().forEach(series -> evidence.add(address(series, span)));
    its.machineMeters().forEach(series -> evidence.add(address(series, span)));
    return new Finding.Measured(
        machines.get().kilowattHours(),
        Math.max(0, site.get().kilowattHours()),
        "kW.h",
        List.of(
            new Finding.Detail("site-meter-known", site.get().coverage().orElse(0), ""),
            new Finding.Detail("machine-meters-known", machines.get().coverage().orElse(0), "")),
        evidence);
  }

  /** Empty when an agent has not said in which unit of energy one of them counts. */
  private Optional<Energy> sum(List<Series> meters, Span span) throws IOException {
    Energy sum = Energy.NONE;
    for (Series series : meters) {
      Optional<String> unit = unit(series).filter(EnergyMeter.UNITS::containsKey);
      if (unit.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(new EnergyMeter(series, unit.get()).within(store, span));
    }
    return Optional.of(sum);
  }

  private Optional<String> unit(Series series) {
    return signals().stream()
        .filter(signal -> signal.machine().equals(series.machine()))
        .filter(signal -> signal.name().equals(series.signal()))
        .map(Signal::unit)
        .findFirst();
  }

  /**
   * States and events need no unit. The wire carries no identifier of a meaning beside the unit, so
   * the other half of the indicator is not measured, and a detail says so.
   */
  private Finding described() {
    List<Signal> signals = signals();
    long described =
        signals.stream().filter(it -> it.kind().isText() || !it.unit().isEmpty()).count();
    return new Finding.Measured(
        described,
        signals.size(),
        "signals",
        List.of(new Finding.Detail("with-semantic-id", 0, "signals")),
        List.of("/api/v1/agents"));
  }

  private List<Signal> signals() {
    return agents.agents().stream()
        .filter(agent -> agent.source().site().equals(plant.site()))
        .map(AgentSeen::birth)
        .flatMap(Optional::stream)
        .flatMap(birth -> birth.signals().stream())
        .toList();
  }

  private Finding buffered(Span span) throws IOException {
    Made made = outages(store, reception, span);
    long wrong =
        agents.agents().stream().filter(it -> !agents.skews(it.source()).isEmpty()).count();
    return new Finding.Measured(
        made.whole(),
        made.outages(),
        "outages",
        List.of(new Finding.Detail("clocks-wrong", wrong, "agents")),
        List.of("/api/v1/losses", "/api/v1/agents"));
  }

  /**
   * @param whole of the outages, those that were made up for without loss
   */
  record Made(long whole, long outages) {}

  static Made outages(Store store, Reception reception, Span span) throws IOException {
    long outages = 0;
    long whole = 0;
    for (Map.Entry<IncomingBatch.Source, List<Outages.Outage>> agent :
        reception.silences(span).entrySet()) {
      for (Outages.Outage silence : agent.getValue()) {
        boolean lost = lost(store, agent.getKey(), silence.span());
        outages += silence.made() || lost ? 1 : 0;
        whole += silence.made() && !lost ? 1 : 0;
      }
    }
    return new Made(whole, outages);
  }

  private static boolean lost(Store store, IncomingBatch.Source agent, Span silence)
      throws IOException {
    return store.losses(agent.site(), silence).stream()
        .filter(declared -> declared.source().equals(agent))
        .anyMatch(declared -> LOST.contains(declared.loss().reason()));
  }

  private static String address(Series series, Span span) {
    return String.format(
        "/api/v1/series/%s/%s/samples?from=%s&to=%s",
        series.machine(), series.signal(), span.start(), span.end());
  }
}
