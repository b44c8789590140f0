package fr.vigie.server.web;

import fr.vigie.condition.VibrationScale;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * What stands out in a diagnosis, in words. Nothing is computed here that does not stand in the
 * answer beside it.
 */
final class Findings {
  /** Less than that of the time of stops without a reason is not worth a word. */
  private static final double UNEXPLAINED = 0.2;

  /** A smaller share of required time is not worth a word. */
  private static final double SMALL = 0.01;

  /** A reference cycle that differs by less from what machines do is right. */
  private static final double OFF_REFERENCE = 0.05;

  private final MessageSource messages;
  private final Locale locale;

  Findings(MessageSource messages, Locale locale) {
    this.messages = messages;
    this.locale = locale;
  }

  /**
   * @param code what kind of finding it is
   * @param text in the reader's language, with what to do
   * @param seconds how much time it is about; null when it is about none
   */
  record Finding(String code, String text, @Nullable Double seconds) {}

  /** The most important first: what makes figures doubtful, then losses by their time. */
  List<Finding> of(
      FiguresView figures,
      LossesView losses,
      AnalysisApi.CyclesView cycles,
      @Nullable EnergyView energy,
      @Nullable ConditionView condition) {
    List<Finding> findings = new ArrayList<>();
    doubts(figures, findings);
    List<Finding> times = new ArrayList<>();
    largestLoss(figures, losses).ifPresent(times::add);
    reasons(losses, times);
    times.removeIf(it -> time(it) < SMALL * figures.times().required());
    times.sort(Comparator.comparingDouble(Findings::time).reversed());
    findings.addAll(times);
    references(cycles, findings);
    if (condition != null) {
      condition(condition, findings);
    }
    if (energy != null && energy.idle().kilowattHours() > 0) {
      findings.add(idle(energy));
    }
    return findings;
  }

  private void doubts(FiguresView figures, List<Finding> findings) {
    if (figures.trsRefused() != null) {
      Double covered = figures.coverage().ratio();
      String key = "refused." + figures.trsRefused().replace('-', '_');
      findings.add(found("refused", key, null, covered == null ? "–" : percent(covered)));
    }
    figures
        .remarks()
        .forEach(remark -> findings.add(new Finding(remark.code(), remark.text(), null)));
  }

  private Optional<Finding> largestLoss(FiguresView figures, LossesView losses) {
    return losses.losses().entrySet().stream()
        .filter(loss -> loss.getValue() != null && loss.getValue().seconds() > 0)
        .max(Comparator.comparingDouble(loss -> lost(loss).seconds()))
        .map(
            loss -> {
              double seconds = lost(loss).seconds();
              String name = say("loss." + loss.getKey().replace('-', '_'));
              double required = figures.times().required();
              return found(
                  "largest-loss",
                  "finding.largest_loss",
                  seconds,
                  name,
                  hours(seconds),
                  required > 0 ? percent(seconds / required) : "–",
                  money(lost(loss)));
            });
  }

  private static double time(Finding finding) {
    return finding.seconds() == null ? 0 : finding.seconds();
  }

  private static LossesView.LostView lost(Map.Entry<String, LossesView.@Nullable LostView> loss) {
    return Objects.requireNonNull(loss.getValue());
  }

  private void reasons(LossesView losses, List<Finding> findings) {
    double all = 0;
    double unknown = 0;
    Optional<LossesView.BarView> first = Optional.empty();
    for (LossesView.BarView bar : losses.pareto().bars()) {
      all += bar.lost().seconds();
      if (bar.reason() == null) {
        unknown += bar.lost().seconds();
      } else if (first.isEmpty()) {
        first = Optional.of(bar);
      }
    }
    first.ifPresent(
        bar ->
            findings.add(
                found(
                    "first-reason",
                    "finding.first_reason",
                    bar.lost().seconds(),
                    Objects.requireNonNull(bar.label()),
                    hours(bar.lost().seconds()),
                    bar.count(),
                    money(bar.lost()))));
    if (all > 0 && unknown / all > UNEXPLAINED) {
      findings.add(
          found(
              "unexplained",
              "finding.unexplained",
              unknown,
              hours(unknown),
              percent(unknown / all)));
    }
  }

  private void references(AnalysisApi.CyclesView cycles, List<Finding> findings) {
    for (AnalysisApi.ProductView product : cycles.products()) {
      Double reference = product.referenceSeconds();
      Double proposal = product.proposalSeconds();
      String name = product.product() == null ? "" : say("finding.of_product", product.product());
      if (proposal != null && reference == null) {
        findings.add(
            found("no-reference", "finding.no_reference", null, name, number(proposal, 1)));
      } else if (proposal != null
          && reference != null
          && Math.abs(reference / proposal - 1) > OFF_REFERENCE) {
        findings.add(
            found(
                "reference-off",
                "finding.reference_off",
                null,
                name,
                number(reference, 1),
                number(proposal, 1)));
      }
    }
  }

  private void condition(ConditionView condition, List<Finding> findings) {
    for (ConditionView.SignalView signal : condition.signals()) {
      ConditionView.VibrationView vibration = signal.vibration();
      if (vibration != null && ("C".equals(vibration.zone()) || "D".equals(vibration.zone()))) {
        findings.add(
            found(
                "vibration",
                "finding.vibration",
                null,
                signal.label(),
                number(Objects.requireNonNull(signal.value()), 1),
                Objects.requireNonNull(vibration.zone()),
                scale(vibration.scale())));
      }
    }
  }

  /** By its title, in the reader's language. */
  private String scale(String title) {
    return Stream.of(VibrationScale.values())
        .filter(scale -> scale.title().equals(title))
        .map(scale -> say("scale." + scale.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(title);
  }

  private Finding idle(EnergyView energy) {
    Double cost = energy.idle().cost();
    return found(
        "idle-energy",
        "finding.idle_energy",
        null,
        number(energy.idle().kilowattHours(), 1),
        cost == null ? "" : ", " + number(cost, 2) + ' ' + energy.currency());
  }

  private Finding found(String code, String key, @Nullable Double seconds, Object... values) {
    return new Finding(code, messages.getMessage(key, values, locale), seconds);
  }

  private String say(String key, Object... values) {
    return messages.getMessage(key, values, locale);
  }

  private String money(LossesView.LostView lost) {
    LossesView.MoneyView cost = lost.cost();
    return cost == null
        ? ""
        : ", " + number(cost.amount().doubleValue(), 0) + ' ' + cost.currency();
  }

  private String hours(double seconds) {
    return number(seconds / 3_600, 1);
  }

  private String percent(double ratio) {
    return number(ratio * 100, 0) + "\u00a0%";
  }

  private String number(double value, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }
}
