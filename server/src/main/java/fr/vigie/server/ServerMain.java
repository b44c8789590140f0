package fr.vigie.server;

import fr.vigie.server.settings.AlertSettings;
import fr.vigie.server.settings.Mistake;
import fr.vigie.server.settings.SettingsCheck;
import fr.vigie.server.settings.VigieSettings;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

/** Starts the server. */
@SpringBootApplication(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@EnableConfigurationProperties({VigieSettings.class, AlertSettings.class})
public class ServerMain {
  public static void main(String[] arguments) {
    int code = run(arguments, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Starts the server, or says why it cannot.
   *
   * @return the exit code; 0 when the server runs or nothing was to be run
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    CommandLineOptions options = new CommandLineOptions();
    CommandLine commandLine = new CommandLine(options);
    Subcommands.add(commandLine, out, err);
    if (Subcommands.isOne(commandLine, arguments)) {
      return commandLine.execute(arguments);
    }
    try {
      commandLine.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      err.println("command line  " + e.getMessage() + "; see vigie-server --help");
      return StartFailure.CONFIGURATION;
    }
    if (options.help) {
      commandLine.usage(out);
      return 0;
    }
    if (options.version) {
      commandLine.printVersionHelp(out);
      return 0;
    }
    Optional<String> missing =
        options.configFile().filter(file -> !Files.isReadable(Path.of(file)));
    if (missing.isPresent()) {
      err.println(
          new Mistake("command line", "--config", missing.get(), "a file that can be read"));
      return StartFailure.CONFIGURATION;
    }
    return start(options.settings(), err);
  }

  /** The application, checked and quiet, for {@link #main} and for tests. */
  static SpringApplication application() {
    SpringApplication application = new SpringApplication(ServerMain.class);
    application.addInitializers(context -> SettingsCheck.check(context.getEnvironment()));
    return application;
  }

  private static int start(String[] settings, PrintStream err) {
    try {
      ConfigurableApplicationContext context = application().run(settings);
      return context.isActive() ? 0 : 1;
    } catch (RuntimeException e) {
      StartFailure failure = StartFailure.of(e).orElseThrow(() -> e);
      err.println(failure.message());
      return failure.exitCode();
    }
  }
}
