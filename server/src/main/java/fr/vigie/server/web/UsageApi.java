package fr.vigie.server.web;

import fr.vigie.production.MachineState;
import fr.vigie.server.plant.ContractTree;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.usage.Contracts;
import fr.vigie.server.usage.EnergyMeter;
import fr.vigie.server.usage.UsageReadings;
import fr.vigie.usage.Chain;
import fr.vigie.usage.Contract;
import fr.vigie.usage.Entry;
import fr.vigie.usage.Quantities;
import fr.vigie.usage.UsageTable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/usage")
@Tag(name = "usage")
final class UsageApi {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final Contracts contracts;
  private final UsageReadings readings;
  private final Plant plant;
  private final UsagePaper paper;
  private final TreeBody body;

  UsageApi(
      Contracts contracts, UsageReadings readings, Plant plant, UsagePaper paper, TreeBody body) {
    this.contracts = contracts;
    this.readings = readings;
    this.plant = plant;
    this.paper = paper;
    this.body = body;
  }

  record ContractView(
      String contract,
      String customer,
      String machine,
      Instant from,
      Instant to,
      String zone,
      @Nullable String meter,
      @Nullable String meterUnit) {
    static ContractView of(Contracts.Metered metered) {
      Contract contract = metered.contract();
      return new ContractView(
          contract.id(),
          contract.customer(),
          contract.machine(),
          contract.period().start(),
          contract.period().end(),
          metered.zone().getId(),
          metered.meter().map(it -> it.series().signal()).orElse(null),
          metered.meter().map(EnergyMeter::unit).orElse(null));
    }
  }

  /**
   * @param seconds in each state
   * @param cycles null when the machine knows none
   * @param parts null when they are not counted
   * @param energyWh null when it is not measured, or not for all of the time
   */
  record QuantitiesView(
      Map<String, Double> seconds,
      @Nullable Long cycles,
      @Nullable Long parts,
      @Nullable Long energyWh) {
    static QuantitiesView of(Quantities used) {
      Map<String, Double> seconds = new TreeMap<>();
      for (MachineState state : MachineState.values()) {
        seconds.put(FiguresView.name(state), RateView.seconds(used.time(state)));
      }
      return new QuantitiesView(
          seconds, boxed(used.cycles()), boxed(used.parts()), boxed(used.wattHours()));
    }
  }

  /**
   * @param corrects the entry that this one replaces; null for a first reading
   */
  record EntryView(
      long sequence,
      Instant recorded,
      Instant from,
      Instant to,
      @Nullable Long corrects,
      String why,
      QuantitiesView used,
      String previous,
      String hash) {
    static EntryView of(Entry entry) {
      return new EntryView(
          entry.sequence(),
          entry.recorded(),
          entry.span().start(),
          entry.span().end(),
          boxed(entry.corrects()),
          entry.why(),
          QuantitiesView.of(entry.quantities()),
          entry.previous(),
          entry.hash());
    }
  }

  /**
   * @param total of the newest reading of each day
   * @param head hash of the last entry: whoever has it finds every later change
   * @param whole whether every entry is as it was written
   */
  record UsageView(
      ContractView contract,
      QuantitiesView total,
      String head,
      boolean whole,
      List<Chain.Finding> findings,
      List<EntryView> entries) {}

  @GetMapping("/contracts")
  @Operation(summary = "The contracts over machines")
  List<ContractView> contracts() {
    return contracts.all().stream().map(ContractView::of).toList();
  }

  @PostMapping("/contracts")
  @Operation(
      summary = "Adds a contract: {contract, customer, machine, from, to, meter, meter-unit}",
      description = "A contract is never changed. Every mistake is told at once.")
  @TreeBody.Documented
  ResponseEntity<ContractView> add(HttpServletRequest request) throws IOException {
    ContractTree tree =
        ContractTree.read(
            body.read(request),
            plant.machines().stream().map(Machine::name).toList(),
            EnergyMeter.UNITS.keySet());
    Contract contract = tree.contract();
    Machine machine = plant.machine(contract.machine()).orElseThrow();
    Contracts.Metered metered =
        new Contracts.Metered(
            contract,
            tree.meter().map(meter -> new EnergyMeter(machine.series(meter), tree.unit())),
            plant.calendar().zone());
    if (!contracts.add(metered)) {
      throw Problem.wrong("problem.contractknown", contract.id());
    }
    return ResponseEntity.created(URI.create("/api/v1/usage/" + contract.id()))
        .body(ContractView.of(metered));
  }

  @PostMapping("/{contract}/readings")
  @Operation(summary = "Reads now what is due, which the server else does once an hour")
  UsageView read(@PathVariable("contract") String id) throws IOException {
    Contracts.Metered metered = find(id);
    return view(metered, readings.record(metered));
  }

  @GetMapping("/{contract}")
  @Operation(
      summary = "What was used under a contract",
      description = "format is json, csv or pdf; the last two are in the reader's language.")
  ResponseEntity<?> usage(
      @PathVariable("contract") String id,
      @RequestParam(name = "format", defaultValue = "json") String format,
      Locale locale)
      throws IOException {
    Contracts.Metered metered = find(id);
    Chain chain = contracts.chain(metered.contract());
    return switch (format) {
      case "json" ->
          ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(view(metered, chain));
      case "csv" ->
          file(id + ".csv", CSV)
              .body(('\ufeff' + table(locale).write(chain)).getBytes(StandardCharsets.UTF_8));
      case "pdf" ->
          file(id + ".pdf", MediaType.APPLICATION_PDF)
              .body(paper.of(chain, metered.zone(), locale));
      default -> throw Problem.wrong("problem.format", Question.shortened(format));
    };
  }

  private static ResponseEntity.BodyBuilder file(String name, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString());
  }

  private static UsageTable table(Locale locale) {
    return locale.getLanguage().equals("fr") ? UsageTable.FRENCH : UsageTable.ENGLISH;
  }

  private static UsageView view(Contracts.Metered metered, Chain chain) {
    List<Chain.Finding> findings = chain.verify();
    return new UsageView(
        ContractView.of(metered),
        QuantitiesView.of(chain.total()),
        chain.head(),
        findings.isEmpty(),
        findings,
        chain.entries().stream().map(EntryView::of).toList());
  }

  private Contracts.Metered find(String id) {
    return contracts
        .find(id)
        .orElseThrow(() -> Problem.absent("problem.contract", Question.shortened(id)));
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
