package fr.vigie.server.web;

import org.springframework.context.annotation.Import;

/** What answers questions without a web interface. */
@Import({
  Messages.class,
  AnalysisApi.class,
  EnergyApi.class,
  ConditionApi.class,
  MachineDiagnosis.class
})
public final class Answers {}
