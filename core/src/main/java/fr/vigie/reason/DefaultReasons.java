package fr.vigie.reason;

import static fr.vigie.reason.StopKind.ADJUSTMENT;
import static fr.vigie.reason.StopKind.BREAKDOWN;
import static fr.vigie.reason.StopKind.CHANGEOVER;
import static fr.vigie.reason.StopKind.INDUCED;
import static fr.vigie.reason.StopKind.INSPECTION;
import static fr.vigie.reason.StopKind.OPERATION;
import static fr.vigie.reason.StopKind.PLANNED;
import static fr.vigie.reason.StopKind.TOOL_CHANGE;
import static fr.vigie.reason.StopKind.UPKEEP;

import fr.vigie.reason.ReasonTree.Group;
import fr.vigie.reason.ReasonTree.Leaf;
import java.util.List;

/**
 * What a site chooses from until it has a tree of its own: few enough to fit on a screen, in French
 * and in English with the same codes, each kind of stop of NF E60-182 at least once.
 */
public final class DefaultReasons {
  /** More than a person chooses from without searching. */
  public static final int MOST = 25;

  private DefaultReasons() {}

  public static ReasonTree tree() {
    return new ReasonTree(
        List.of(
            group(
                "breakdown",
                "Pannes",
                "Breakdowns",
                Leaf.of("mechanical-fault", BREAKDOWN, "Panne mécanique", "Mechanical fault"),
                Leaf.of("electrical-fault", BREAKDOWN, "Panne électrique", "Electrical fault"),
                Leaf.of(
                    "control-fault",
                    BREAKDOWN,
                    "Panne d'automate ou de capteur",
                    "Controller or sensor fault"),
                Leaf.of(
                    "fluid-fault",
                    BREAKDOWN,
                    "Panne hydraulique, pneumatique ou de lubrification",
                    "Hydraulic, pneumatic or lubrication fault"),
                Leaf.of("tool-breakage", BREAKDOWN, "Casse d'outil", "Tool breakage")),
            group(
                "setup",
                "Changements, réglages, entretien",
                "Changes, adjustments, upkeep",
                Leaf.of("changeover", CHANGEOVER, "Changement de fabrication", "Changeover"),
                Leaf.of("tool-change", TOOL_CHANGE, "Changement d'outil", "Tool change"),
                Leaf.of("adjustment", ADJUSTMENT, "Réglage", "Adjustment"),
                Leaf.of("inspection", INSPECTION, "Contrôle de pièces", "Inspection of parts"),
                Leaf.of("cleaning", UPKEEP, "Nettoyage, graissage", "Cleaning, greasing")),
            group(
                "operation",
                "Exploitation",
                "Operation",
                Leaf.of("jam", OPERATION, "Bourrage, pièce coincée", "Jam"),
                Leaf.of("safety-stop", OPERATION, "Arrêt de sécurité", "Safety stop"),
                Leaf.of("quality-problem", OPERATION, "Problème de qualité", "Quality problem")),
            group(
                "induced",
                "Arrêts induits",
                "Induced stops",
                Leaf.of("no-material", INDUCED, "Manque de matière", "No material"),
                Leaf.of("no-operator", INDUCED, "Manque de personnel", "No operator"),
                Leaf.of("no-energy", INDUCED, "Manque d'énergie ou de fluide", "No energy"),
                Leaf.of("downstream-full", INDUCED, "Aval saturé", "Next machine is full"),
                Leaf.of(
                    "no-instructions",
                    INDUCED,
                    "Attente de dossier, de programme ou de décision",
                    "Waiting for papers, a program or a decision")),
            group(
                "planned",
                "Arrêts planifiés",
                "Planned stops",
                Leaf.of("no-order", PLANNED, "Pas de commande", "No order"),
                Leaf.of(
                    "planned-maintenance", PLANNED, "Maintenance planifiée", "Planned maintenance"),
                Leaf.of("trial", PLANNED, "Essais", "Trial"),
                Leaf.of("break", PLANNED, "Pause", "Break"),
                Leaf.of("meeting", PLANNED, "Réunion", "Meeting"),
                Leaf.of("training", PLANNED, "Formation", "Training"))));
  }

  private static Group group(String code, String french, String english, Leaf... leaves) {
    return new Group(code, new Label(french, english), List.of(leaves));
  }
}
