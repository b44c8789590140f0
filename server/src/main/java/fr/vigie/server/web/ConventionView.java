package fr.vigie.server.web;

import fr.vigie.production.Convention;

/** What the site decided where the norms leave a choice, in the words of its tree. */
record ConventionView(String changeover, String mtbf, String mtbfTime) {
  static ConventionView of(Convention convention) {
    return new ConventionView(
        LossesView.word(convention.changeover()),
        LossesView.word(convention.mtbf()),
        LossesView.word(convention.base()));
  }
}
