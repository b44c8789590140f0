package fr.vigie.server.web;

import fr.vigie.benchmark.Cell;
import fr.vigie.benchmark.Merge;
import fr.vigie.benchmark.Refused;
import fr.vigie.benchmark.SignedContribution;
import fr.vigie.server.benchmark.Contributions;
import fr.vigie.server.benchmark.Merges;
import fr.vigie.server.plant.Company;
import fr.vigie.server.plant.CompanyBook;
import fr.vigie.server.plant.Mistake;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/benchmark")
@Tag(name = "benchmark")
final class BenchmarkApi {
  private final Contributions contributions;
  private final Merges merges;
  private final CompanyBook company;
  private final TreeBody body;
  private final MessageSource messages;
  private final InstantSource clock;

  BenchmarkApi(
      Contributions contributions,
      Merges merges,
      CompanyBook company,
      TreeBody body,
      MessageSource messages,
      InstantSource clock) {
    this.contributions = contributions;
    this.merges = merges;
    this.company = company;
    this.body = body;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * @param table what may be published
   * @param hidden why cells are hidden: for whoever merges, not to be published
   */
  record MergedView(BenchmarkTable table, List<HiddenView> hidden) {}

  record HiddenView(String sector, String measure, String why) {}

  @GetMapping(value = "/contribution", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "This company's contribution of a month that is over, as the file to hand on",
      description = "Needs sector and cluster of the company, see /company.")
  ResponseEntity<String> contribution(@RequestParam("month") String month) throws IOException {
    SignedContribution signed = own(month(month));
    String name =
        String.format(
            "contribution-%s-%s-%s.json",
            month, signed.contribution().sector(), signed.company().substring(0, 8));
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(signed.text());
  }

  @PostMapping("/merge")
  @Operation(
      summary = "Merges contributions of a month: {month, files: {name: text}}",
      description =
          "Every file that is not taken is told. A cell is shown of at least 5 companies with 10"
              + " machines of which none makes up more than 85 %, and only when nothing that was"
              + " shown before tells a company by comparison.")
  @TreeBody.Documented
  MergedView merge(HttpServletRequest request, Locale locale) throws IOException {
    Map<String, Object> tree = body.read(request);
    YearMonth month = month(String.valueOf(tree.get("month")));
    if (!(tree.get("files") instanceof Map<?, ?> files)) {
      throw Problem.mistaken(List.of(new Mistake("files", "", say("merge.files", locale))));
    }
    List<Mistake> mistakes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<SignedContribution> all = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          try {
            all.add(SignedContribution.read(String.valueOf(text)));
            names.add(String.valueOf(name));
          } catch (Refused refused) {
            String key = "merge." + word(refused.reason());
            mistakes.add(new Mistake(String.valueOf(name), refused.found(), say(key, locale)));
          }
        });
    if (!mistakes.isEmpty()) {
      throw Problem.mistaken(mistakes);
    }
    Merge.Outcome outcome = merges.merge(month, all);
    if (outcome instanceof Merge.Not not) {
      not.refusals()
          .forEach(
              refusal ->
                  mistakes.add(
                      new Mistake(
                          refusal.place() < 0 ? "files" : names.get(refusal.place()),
                          refusal.found(),
                          say("merge." + word(refusal.why()), locale))));
      throw Problem.mistaken(mistakes);
    }
    Merge merge = ((Merge.Done) outcome).merge();
    return new MergedView(BenchmarkTable.of(merge), hidden(merge, locale));
  }

  @PostMapping("/position")
  @Operation(summary = "Where this company lies in a table that was merged: the table as it came")
  @TreeBody.Documented
  List<BenchmarkTable.PositionView> position(HttpServletRequest request, Locale locale)
      throws IOException {
    BenchmarkTable table =
        BenchmarkTable.read(body.read(request)).orElseThrow(() -> Problem.wrong("problem.table"));
    SignedContribution own = own(month(table.month()));
    return table.positions(own.contribution(), quarter -> say("benchmark." + quarter, locale));
  }

  private SignedContribution own(YearMonth month) throws IOException {
    Company its = company.company();
    if (its.cluster().isEmpty() || its.sector().isEmpty()) {
      throw Problem.wrong("problem.company");
    }
    if (contributions.span(month).end().isAfter(clock.instant())) {
      throw Problem.wrong("problem.monthon", month.toString());
    }
    return contributions.of(its.cluster().get(), its.sector().get(), month);
  }

  private List<HiddenView> hidden(Merge merge, Locale locale) {
    List<HiddenView> hidden = new ArrayList<>();
    for (Cell cell : merge.cells()) {
      if (cell.content() instanceof Cell.Hidden its) {
        hidden.add(
            new HiddenView(
                cell.sector().orElse(BenchmarkTable.ALL),
                cell.measure().word(),
                say("benchmark." + word(its.why()), locale)));
      }
    }
    return hidden;
  }

  private static YearMonth month(String text) {
    Optional<YearMonth> month = Optional.empty();
    try {
      month = Optional.of(YearMonth.parse(text));
    } catch (DateTimeException e) {
      month = Optional.empty();
    }
    return month
        .filter(it -> it.getYear() >= 2000 && it.getYear() < 2100)
        .orElseThrow(() -> Problem.wrong("problem.month", Question.shortened(text)));
  }

  private String say(String key, Locale locale) {
    return messages.getMessage(key, new Object[0], locale);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
