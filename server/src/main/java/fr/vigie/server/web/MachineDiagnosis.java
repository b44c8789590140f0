package fr.vigie.server.web;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.diagnosis.TooMuch;
import fr.vigie.server.diagnosis.WrongSort;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is known of a machine over a span, in one answer: that of each question of its own, and
 * what to do first. Safe for use by several threads.
 */
@Component
public class MachineDiagnosis {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final AnalysisApi analysis;
  private final EnergyApi energy;
  private final ConditionApi condition;
  private final MessageSource messages;
  private final JsonMapper json = JsonMapper.builder().build();

  MachineDiagnosis(
      Plant plant,
      Diagnosis diagnosis,
      AnalysisApi analysis,
      EnergyApi energy,
      ConditionApi condition,
      MessageSource messages) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.analysis = analysis;
    this.energy = energy;
    this.condition = condition;
    this.messages = messages;
  }

  /** A question has no answer; the message is in the asker's language. */
  public static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param zone in which the site's days and shifts are
   * @param description the version of the machine's description that it was made with
   * @param findings what stands out, the most important first
   * @param shifts those that share time with the span, each cut to it
   * @param energy null when no meter is named
   * @param condition null when no signal of its condition is named
   */
  record View(
      String machine,
      String label,
      String site,
      String zone,
      Instant from,
      Instant to,
      long description,
      List<Findings.Finding> findings,
      FiguresView figures,
      List<ShiftView> shifts,
      LossesView losses,
      AnalysisApi.CyclesView cycles,
      List<StopView> stops,
      @Nullable EnergyView energy,
      @Nullable ConditionView condition) {}

  /**
   * A shift of the span.
   *
   * @param trs null when it is refused
   * @param remarks why its rates cannot be quite right
   */
  record ShiftView(
      String name,
      LocalDate day,
      Instant from,
      Instant to,
      double requiredSeconds,
      @Nullable Double trs,
      @Nullable String trsRefused,
      List<FiguresView.RemarkView> remarks) {}

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
      return json.writerWithDefaultPrettyPrinter()
          .writeValueAsString(of(machine, from, to, language));
    } catch (Problem problem) {
      throw new Refused(messages.getMessage(problem.key(), problem.values(), language));
    } catch (WrongSort wrong) {
      Problem problem = Problem.of(wrong);
      throw new Refused(messages.getMessage(problem.key(), problem.values(), language));
    } catch (TooMuch much) {
      Object[] values = {much.samples(), much.most()};
      throw new Refused(messages.getMessage("problem.samples", values, language));
    }
  }

  View of(String name, Optional<String> from, Optional<String> to, Locale language)
      throws IOException {
    Machine machine = EnergyApi.machine(plant, name);
    Span asked = Question.span(from, to, diagnosis.current(machine));
    Reckoning reckoning = diagnosis.reckon(machine, asked);
    Span span = reckoning.figures().span();
    Optional<String> start = Optional.of(span.start().toString());
    Optional<String> end = Optional.of(span.end().toString());
    UnaryOperator<String> words = key -> messages.getMessage(key, new Object[0], language);
    FiguresView figures = FiguresView.of(name, reckoning, words);
    LossesView losses = analysis.losses(name, start, end, "duration", language);
    AnalysisApi.CyclesView cycles = analysis.cycles(name, start, end);
    EnergyView used =
        machine.instruments().meter().isPresent() ? energy.energy(name, start, end) : null;
    ConditionView wear =
        machine.instruments().watched().isEmpty() ? null : condition.condition(name, start, end);
    return new View(
        name,
        machine.label(),
        machine.site(),
        machine.rules().calendar().orElse(plant.calendar()).zone().getId(),
        span.start(),
        span.end(),
        machine.version(),
        new Findings(messages, language).of(figures, losses, cycles, used, wear),
        figures,
        shifts(machine, span, words),
        losses,
        cycles,
        reckoning.stops().stream().map(stop -> StopView.of(stop, machine, language)).toList(),
        used,
        wear);
  }

  private List<ShiftView> shifts(Machine machine, Span span, UnaryOperator<String> words)
      throws IOException {
    return diagnosis.shifts(machine, span).stream()
        .map(
            shift ->
                new ShiftView(
                    shift.shift().name(),
                    shift.shift().day(),
                    shift.span().start(),
                    shift.span().end(),
                    RateView.seconds(shift.times().tR()),
                    RateView.of(shift.times().trs(), shift.refusal().isPresent()).ratio(),
                    shift.refusal().map(FiguresView::name).orElse(null),
                    FiguresView.remarks(shift.times().doubts(), words)))
        .toList();
  }
}
