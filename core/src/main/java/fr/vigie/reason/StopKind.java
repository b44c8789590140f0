package fr.vigie.reason;

import java.util.Optional;

/** Kinds of stop after NF E60-182 (2002), each with the big loss of Nakajima that it belongs to. */
public enum StopKind {
  /** Panne, tP: the machine failed. Only these count as failures in MTBF and MTTR. */
  BREAKDOWN(BigLoss.BREAKDOWNS),
  /** Changement de fabrication, TCF: from one product to another. */
  CHANGEOVER(BigLoss.SETUP),
  /** Changement d'outil programmé, TCOP. */
  TOOL_CHANGE(BigLoss.SETUP),
  /** Réglage fréquentiel, TRF. */
  ADJUSTMENT(BigLoss.SETUP),
  /** Contrôle, TC. */
  INSPECTION(BigLoss.SETUP),
  /** Entretien fréquentiel, TEF. */
  UPKEEP(BigLoss.SETUP),
  /** Arrêt d'exploitation, tAE: a stop of the machine's own that is none of the others. */
  OPERATION(BigLoss.MINOR_STOPS),
  /** Arrêt induit, tAI: no material, no people, no energy, the next machine is full. */
  INDUCED(BigLoss.MINOR_STOPS),
  /** Not required: no order, planned maintenance, trials, breaks, meetings, training. */
  PLANNED;

  private final Optional<BigLoss> loss;

  StopKind(BigLoss loss) {
    this.loss = Optional.of(loss);
  }

  StopKind() {
    this.loss = Optional.empty();
  }

  /** Whether its time is not required time. */
  public boolean isPlanned() {
    return this == PLANNED;
  }

  /** The big loss; empty for what is planned. */
  public Optional<BigLoss> loss() {
    return loss;
  }
}
