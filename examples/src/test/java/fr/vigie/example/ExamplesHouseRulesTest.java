package fr.vigie.example;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fr.vigie.example", importOptions = ImportOption.DoNotIncludeTests.class)
class ExamplesHouseRulesTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("fr.vigie.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule examplesKnowAgentAndServerFromOutsideOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("fr.vigie.example.powercut..", "fr.vigie.example.emulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fr.vigie.agent..", "fr.vigie.server..");

  @ArchTest
  static final ArchRule theEmulatedBoardTriesDriversAlone =
      noClasses()
          .that()
          .resideInAPackage("fr.vigie.example.emulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fr.vigie.server..", "fr.vigie.agent", "fr.vigie.agent.config..");

  @ArchTest
  static final ArchRule powerCutsStrikeTheStoreAlone =
      noClasses()
          .that()
          .resideInAPackage("fr.vigie.example.powercut..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("fr.vigie.server..")
                  .and(not(resideInAPackage("fr.vigie.server.store.."))));

  @ArchTest
  static final ArchRule theCheckerTouchesNothing =
      noClasses()
          .that()
          .resideInAPackage("fr.vigie.example.checker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule nativeCallsStayInTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.example.terminal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule nobodyAsksTheWallClockUnasked =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule everyPackageRefusesNull =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked");
}
