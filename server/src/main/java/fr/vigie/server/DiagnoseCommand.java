package fr.vigie.server;

import fr.vigie.server.settings.SettingsCheck;
import fr.vigie.server.web.MachineDiagnosis;
import fr.vigie.server.web.Messages;
import fr.vigie.signal.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints the diagnosis of a machine, asked of the server that runs, or read from its folder. */
@Command(
    name = "diagnose",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Prints the whole diagnosis of a machine: rates, times, losses, stops, what was not seen.",
      "A server that runs on the folder is asked; else the folder is opened, and nothing is changed",
      "in it but what a server that was killed had left to do."
    },
    footer = {
      "",
      "Examples:",
      "  vigie-server diagnose --data /var/lib/vigie --machine press",
      "  vigie-server diagnose --machine press --from 2026-11-01T00:00:00+01:00 \\",
      "      --to 2026-12-01T00:00:00+01:00 --json",
      "",
      "Exit codes: 0 done, 1 failed, 78 wrong usage."
    })
final class DiagnoseCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = {"-m", "--machine"},
      paramLabel = "NAME",
      required = true,
      description = "The machine.")
  private String machine = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Start, such as 2026-11-24T06:00:00Z; of the shift that is on unless given.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End; now unless given.")
  private @Nullable String to;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "data",
      description = "The server's data folder (./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server's YAML file of settings, if it has one.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print JSON, as GET /machines/NAME/diagnosis does.")
  private boolean json;

  @Option(
      names = "--language",
      paramLabel = "fr|en",
      defaultValue = "fr",
      description = "Of the text and of messages (fr).")
  private String language = "fr";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var line = Objects.requireNonNull(spec).commandLine();
    if (!List.of("fr", "en").contains(language)) {
      throw new ParameterException(line, "--language: found '" + language + "', wanted fr or en");
    }
    Locale locale = Locale.forLanguageTag(language);
    Optional<String> answer =
        Names.isName(machine) ? answer(locale, line.getErr()) : nobody(locale, line.getErr());
    if (answer.isEmpty()) {
      return StartFailure.CONFIGURATION;
    }
    PrintWriter out = line.getOut();
    if (json) {
      out.println(answer.get());
    } else {
      new DiagnosisText(locale, out).print(JSON.readTree(answer.get()));
    }
    return 0;
  }

  /** No machine can have such a name, and no address either. */
  private Optional<String> nobody(Locale locale, PrintWriter err) {
    Object[] values = {machine};
    err.println(new Messages().messageSource().getMessage("problem.machine", values, locale));
    return Optional.empty();
  }

  private Optional<String> answer(Locale locale, PrintWriter err) throws IOException {
    Optional<URI> running = running();
    return running.isPresent() ? ask(running.get(), locale, err) : read(locale, err);
  }

  /** The server that has the folder now; a file that a killed server left behind does not count. */
  private Optional<URI> running() throws IOException {
    Path file = data.resolve("server.json");
    if (!Files.exists(file) || DataFolder.isFree(data)) {
      return Optional.empty();
    }
    return Optional.of(URI.create(JSON.readTree(Files.readString(file)).at("/http").asString()));
  }

  private Optional<String> ask(URI server, Locale locale, PrintWriter err) throws IOException {
    StringBuilder query = new StringBuilder();
    add(query, "from", from);
    add(query, "to", to);
    HttpRequest request =
        HttpRequest.newBuilder(
                server.resolve("/api/v1/machines/" + encoded(machine) + "/diagnosis" + query))
            .header("Accept-Language", locale.getLanguage())
            .timeout(Duration.ofMinutes(5))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        err.println(answer.at("/detail").asString(response.body()));
        return Optional.empty();
      }
      return Optional.of(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Optional<String> read(Locale locale, PrintWriter err) throws IOException {
    if (!Files.isDirectory(data.resolve("store")) && config == null) {
      err.println(data + ": wanted the data folder of a server, found none");
      return Optional.empty();
    }
    List<String> settings = new ArrayList<>(List.of("--vigie.data=" + data));
    if (config != null) {
      settings.add("--spring.config.additional-location=file:" + config);
    }
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(AtRest.class)
            .web(WebApplicationType.NONE)
            .initializers(it -> SettingsCheck.check(it.getEnvironment()))
            .run(settings.toArray(String[]::new))) {
      return Optional.of(
          context
              .getBean(MachineDiagnosis.class)
              .json(machine, Optional.ofNullable(from), Optional.ofNullable(to), locale));
    } catch (MachineDiagnosis.Refused e) {
      err.println(e.getMessage());
      return Optional.empty();
    }
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
