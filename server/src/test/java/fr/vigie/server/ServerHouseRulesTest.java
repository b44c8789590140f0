package fr.vigie.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fr.vigie.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerHouseRulesTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("fr.vigie.server.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theServerKnowsNothingOfTheAgent =
      noClasses().should().dependOnClassesThat().resideInAPackage("fr.vigie.agent..");

  @ArchTest
  static final ArchRule artemisStaysInTheBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.server.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.activemq..");

  @ArchTest
  static final ArchRule theStoreKnowsNothingOfTheWebOrTheWire =
      noClasses()
          .that()
          .resideInAPackage("fr.vigie.server.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.eclipse.paho..");

  @ArchTest
  static final ArchRule paperStaysInTheReport =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.vigie.server.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.openhtmltopdf..", "org.apache.pdfbox..", "org.apache.fontbox..");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
