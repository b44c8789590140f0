package fr.vigie.server.diagnosis;

import fr.vigie.wire.Loss;

/** Why a stretch of time was not seen. */
public enum HoleReason {
  /** The device spoke while nobody listened. */
  DEVICE_GAP,
  /** The device was gone or silent. */
  DEVICE_OFFLINE,
  /** The agent was stopped in order. */
  AGENT_STOPPED,
  /** The agent was cut: power, or a kill. */
  UNCLEAN_STOP,
  /** The agent's disk had no room left. */
  OUTBOX_FULL,
  /** The agent's disk held damaged records. */
  OUTBOX_DAMAGED,
  /** The agent's disk could not be written, and its memory was full. */
  HEAD_FULL,
  /** The server could not make sense of what came; it lies among the dead letters. */
  REFUSED,
  /** The store lost what it had acknowledged, and the agent kept it no longer. */
  FORGOTTEN,
  /** What the server's store held was damaged. */
  STORE_DAMAGED,
  /** Batches have not come yet, and later ones have. */
  BATCHES_MISSING,
  /** No agent watches now, or what it saw has not arrived. */
  AGENT_ABSENT,
  /** Samples are there, and the clock that dated them was not known to be right. */
  CLOCK_UNSYNCED,
  /** The device had no value, or had not spoken yet. */
  NO_VALUE,
  /** Seen, and dropped on purpose since, as the server's retention says: no loss. */
  RETENTION;

  static HoleReason of(Loss.Reason reason) {
    return switch (reason) {
      case DEVICE_GAP -> DEVICE_GAP;
      case DEVICE_OFFLINE, DEVICE_BACK -> DEVICE_OFFLINE;
      case AGENT_STOPPED -> AGENT_STOPPED;
      case UNCLEAN_STOP -> UNCLEAN_STOP;
      case OUTBOX_FULL -> OUTBOX_FULL;
      case OUTBOX_DAMAGED -> OUTBOX_DAMAGED;
      case HEAD_FULL -> HEAD_FULL;
      case REFUSED -> REFUSED;
      case FORGOTTEN -> FORGOTTEN;
      case STORE_DAMAGED -> STORE_DAMAGED;
    };
  }
}
