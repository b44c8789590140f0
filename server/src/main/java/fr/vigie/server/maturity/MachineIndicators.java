package fr.vigie.server.maturity;

import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.production.Figures;
import fr.vigie.production.PartsRule;
import fr.vigie.production.Rate;
import fr.vigie.production.Stop;
import fr.vigie.server.diagnosis.Days;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.CompanyBook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the figures of the machines tell of maturity. */
@Configuration(proxyBeanMethods = false)
class MachineIndicators {
  private static final Duration CONNECTED = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Plant plant;
  private final CompanyBook company;
  private final Diagnosis diagnosis;

  MachineIndicators(Plant plant, CompanyBook company, Diagnosis diagnosis) {
    this.plant = plant;
    this.company = company;
    this.diagnosis = diagnosis;
  }

  @Bean
  IndicatorSource connectedMachines() {
    return source(Indicator.M1, this::connected);
  }

  @Bean
  IndicatorSource completeness() {
    return source(Indicator.M2, this::complete);
  }

  @Bean
  IndicatorSource stopDetection() {
    return source(Indicator.M4, this::detected);
  }

  @Bean
  IndicatorSource qualityTraceability() {
    return source(Indicator.M7, this::traced);
  }

  private Finding connected(Span span) throws IOException {
    Span week = new Span(span.end().minus(WEEK), span.end());
    List<Machine> machines = plant.machines();
    int connected = 0;
    for (Machine machine : machines) {
      Duration seen = Duration.ZERO;
      for (Span day : Days.of(week, zone())) {
        seen = seen.plus(diagnosis.reckon(machine, day).coverage().observed());
      }
      connected += seen.compareTo(CONNECTED) >= 0 ? 1 : 0;
    }
    return new Finding.Measured(
        connected,
        company.company().machines().orElse(machines.size()),
        "machines",
        List.of(new Finding.Detail("described", machines.size(), "machines")),
        evidence("coverage", week));
  }

  /**
   * The machine in the middle; of an even number the lower of the two, so that nothing is mixed.
   */
  private Finding complete(Span span) throws IOException {
    List<Rate> rates = new ArrayList<>();
    for (Machine machine : plant.machines()) {
      Rate rate = Days.tree(days(machine, span)).coverage();
      if (rate.ratio().isPresent()) {
        rates.add(rate);
      }
    }
    rates.sort(Comparator.comparingDouble(rate -> rate.ratio().orElseThrow()));
    Rate median = rates.isEmpty() ? Rate.UNKNOWN : rates.get((rates.size() - 1) / 2);
    return new Finding.Measured(
        median.numerator() / 3.6e12,
        median.denominator() / 3.6e12,
        "h",
        List.of(new Finding.Detail("machines", rates.size(), "machines")),
        evidence("coverage", span));
  }

  /** A stop without a sensor would be one that somebody declared, and this server takes none. */
  private Finding detected(Span span) throws IOException {
    long stops = 0;
    for (Machine machine : plant.machines()) {
      stops +=
          days(machine, span).stream()
              .flatMap(day -> day.stops().stream())
              .map(Stop::whole)
              .distinct()
              .count();
    }
    return new Finding.Measured(
        stops,
        stops,
        "stops",
        List.of(new Finding.Detail("declared-by-hand", 0, "stops")),
        evidence("stops", span));
  }

  private Finding traced(Span span) throws IOException {
    long parts = 0;
    long traced = 0;
    for (Machine machine : plant.machines()) {
      long made = days(machine, span).stream().mapToLong(Figures::parts).sum();
      parts += made;
      traced += machine.rules().scrap() instanceof PartsRule.None ? 0 : made;
    }
    return new Finding.Measured(traced, parts, "parts", List.of(), evidence("figures", span));
  }

  private List<Figures> days(Machine machine, Span span) throws IOException {
    return Days.figures(diagnosis, machine, span, zone());
  }

  private ZoneId zone() {
    return plant.calendar().zone();
  }

  private List<String> evidence(String of, Span span) {
    Stream<String> addresses =
        plant.machines().stream()
            .map(
                machine ->
                    String.format(
                        "/api/v1/machines/%s/%s?from=%s&to=%s",
                        machine.name(), of, span.start(), span.end()));
    return addresses.toList();
  }

  interface Find {
    Finding find(Span span) throws IOException;
  }

  static IndicatorSource source(Indicator indicator, Find find) {
    return new IndicatorSource() {
      @Override
      public Indicator indicator() {
        return indicator;
      }

      @Override
      public Finding find(Span span) throws IOException {
        return find.find(span);
      }
    };
  }
}
