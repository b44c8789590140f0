package fr.vigie.server.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/diagnosis")
@Tag(name = "diagnosis")
final class DiagnosisApi {
  private final MachineDiagnosis diagnosis;

  DiagnosisApi(MachineDiagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  @GetMapping
  @Operation(summary = "All that is known of a machine over a span, in one answer")
  MachineDiagnosis.View diagnosis(
      @PathVariable("machine") String machine,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale language)
      throws IOException {
    return diagnosis.of(machine, from, to, language);
  }
}
