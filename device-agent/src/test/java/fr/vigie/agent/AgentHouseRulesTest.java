package fr.vigie.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fr.vigie.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class AgentHouseRulesTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("fr.vigie.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theAgentKnowsNothingOfTheServer =
      noClasses().should().dependOnClassesThat().resideInAPackage("fr.vigie.server..");

  @ArchTest
  static final ArchRule driversDoNotKnowEachOthersPackages =
      slices()
          .matching("fr.vigie.agent.driver.(*)..")
          .should()
          .notDependOnEachOther()
          .because("whoever reads one needs only it and fr.vigie.agent.driver");

  @ArchTest
  static final ArchRule nobodyKnowsADriver =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent.driver.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fr.vigie.agent.driver.*..")
          .because("the service loader finds ours like anyone's");

  @ArchTest
  static final ArchRule jSerialCommStaysOnTheBus =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fazecast..");

  @ArchTest
  static final ArchRule controlCallsStayOnTheBus =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule pi4jIsForDriversOfOnesOwn =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent.pi4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.pi4j..", "fr.vigie.agent.pi4j..");

  @ArchTest
  static final ArchRule yamlStaysInTheConfiguration =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule onlyTheWiringReadsClocks =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheWiringMakesThreads =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.agent")
          .should()
          .callConstructor(Thread.class)
          .orShould()
          .callMethod(Thread.class, "start");

  @ArchTest
  static final ArchRule telegramsAreReadWithoutPortsClocksThreadsOrLogging =
      noClasses()
          .that()
          .resideInAPackage("fr.vigie.agent.telegram..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.util.concurrent..",
              "org.slf4j..",
              "com..",
              "fr.vigie.agent.bus..",
              "fr.vigie.agent.driver..");
}
