package fr.vigie.server.web;

import fr.vigie.production.Figures;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** All that is known of a machine over a span, in one answer. Safe for use by several threads. */
@Component
public class MachineDiagnosis {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final MessageSource messages;
  private final JsonMapper json = JsonMapper.builder().build();

  public MachineDiagnosis(Plant plant, Diagnosis diagnosis, MessageSource messages) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.messages = messages;
  }

  /** A question has no answer; the message is in the asker's language. */
  public static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param description the version of the machine's description that it was made with
   * @param shifts those that share time with the span, each cut to it
   */
  record View(
      String machine,
      String label,
      String site,
      Instant from,
      Instant to,
      long description,
      FiguresView figures,
      List<ShiftView> shifts,
      List<MachineApi.StopView> stops) {}

  /** A shift of the span; the TRS is null when it is refused. */
  record ShiftView(
      String name,
      LocalDate day,
      Instant from,
      Instant to,
      double requiredSeconds,
      @Nullable Double trs,
      @Nullable String trsRefused) {}

  /**
   * The answer as JSON, for a program that has no web interface.
   *
   * @param from an instant of ISO 8601, as {@code to}; of the shift that is on when not given
   * @throws Refused when there is no such machine, or the span is none
   * @throws IOException when the store cannot be read
   */
  public String json(String machine, Optional<String> from, Optional<String> to, Locale language)
      throws Refused, IOException {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(of(machine, from, to));
    } catch (Problem problem) {
      throw new Refused(
          messages.getMessage(problem.key(), problem.values(), problem.key(), language));
    }
  }

  View of(String name, Optional<String> from, Optional<String> to) throws IOException {
    Machine machine =
        plant
            .machine(name)
            .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
    Reckoning reckoning =
        Question.reckon(diagnosis, machine, Question.span(from, to, diagnosis.current(machine)));
    Figures figures = reckoning.figures();
    return new View(
        name,
        machine.label(),
        machine.site(),
        figures.span().start(),
        figures.span().end(),
        machine.version(),
        FiguresView.of(name, reckoning),
        shifts(machine, figures.span()),
        figures.stops().stream().map(stop -> MachineApi.StopView.of(stop, false)).toList());
  }

  private List<ShiftView> shifts(Machine machine, Span span) throws IOException {
    return Question.answered(() -> diagnosis.shifts(machine, span)).stream()
        .map(
            shift ->
                new ShiftView(
                    shift.shift().name(),
                    shift.shift().day(),
                    shift.span().start(),
                    shift.span().end(),
                    RateView.seconds(shift.times().tR()),
                    RateView.of(shift.times().trs(), shift.refusal().isPresent()).ratio(),
                    shift.refusal().map(FiguresView::name).orElse(null)))
        .toList();
  }
}
