package fr.vigie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fr.vigie", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final String[] PURE = {
    "fr.vigie.time..",
    "fr.vigie.signal..",
    "fr.vigie.frame..",
    "fr.vigie.column..",
    "fr.vigie.wire..",
    "fr.vigie.calendar..",
    "fr.vigie.reason..",
    "fr.vigie.production..",
    "fr.vigie.loss..",
    "fr.vigie.statistics..",
    "fr.vigie.energy..",
    "fr.vigie.condition..",
    "fr.vigie.improvement..",
    "fr.vigie.maturity..",
    "fr.vigie.benchmark..",
    "fr.vigie.usage.."
  };

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("fr.vigie.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule purePackagesDoNoInputOutputThreadsOrLogging =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.sql..",
              "java.util.concurrent..",
              "org.slf4j..",
              "org.eclipse.paho..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File");

  @ArchTest
  static final ArchRule nobodyInCoreReadsAClockOfItsOwn =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule pahoStaysInTheLink =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.link..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule nativeCallsStayInTheHost =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule micrometerStaysInTheMeters =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.meter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..");

  @ArchTest
  static final ArchRule hipparchusStaysInTheStatistics =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.statistics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.hipparchus..");

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
