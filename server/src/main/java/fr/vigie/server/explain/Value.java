package fr.vigie.server.explain;

import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Machine;

/** Takes the value of a figure out of those that were reckoned. */
interface Value {
  Amount apply(Reckoning reckoning, Machine machine);
}
