package fr.vigie.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. */
class PageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String ATTACK = "<img src=x onerror=alert(1)>{{7*7}}";

  private static Playwright playwright;
  private static Browser browser;

  @TempDir Path data;
  private Workshop workshop;
  private BrowserContext context;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void openBrowser() {
    assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed: the page is not tested");
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
  }

  @AfterAll
  static void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void openWorkshop() {
    workshop = new Workshop(data);
  }

  @AfterEach
  void closeWorkshop() {
    if (context != null) {
      context.close();
    }
    workshop.close();
  }

  @Test
  void emptyServerSaysWhatToDoNext() throws IOException {
    workshop.send("tour-2", "etat", Sample.good(workshop.now(), "MARCHE"));

    Page page = open("fr-FR", 1280, 800, ColorScheme.LIGHT);

    assertThat(page.locator("h1").textContent()).contains("Aucune machine");
    assertThat(page.locator(".empty").textContent())
        .contains("tour-2/etat", "curl -X PUT", "/api/v1/machines/");
    shoot(page, "empty-fr");
    assertThat(complaints).isEmpty();
  }

  @Test
  void holesAreReadByOpeningTheObservedShareAndStayOpen() throws IOException {
    describe("tour", "Tour", "Usinage", "95s");
    workshop.online("tour");
    Instant start = workshop.now().minus(Duration.ofHours(7));
    workshop.send("tour", "state", Sample.good(start, "ACTIVE"));
    Instant away = workshop.now().minus(Duration.ofMinutes(90));
    workshop.lose(
        new Loss("plc", new Span(away, away.plusSeconds(900)), -1, Loss.Reason.DEVICE_BACK));

    Page page = open("fr-FR", 360, 780, ColorScheme.LIGHT);
    Locator holes = card(page, "tour").locator("details.note");
    PlaywrightAssertions.assertThat(holes.locator("summary")).containsText("Observé");
    assertThat(holes.locator("li").first().isVisible()).isFalse();
    holes.locator("summary").click();
    assertThat(holes.textContent())
        .contains("(15\u00a0min) : le capteur plc était débranché ou muet");
    shoot(page, "holes-fr");

    workshop.send("tour", "state", Sample.good(workshop.now(), "STOPPED"));
    PlaywrightAssertions.assertThat(card(page, "tour").locator(".state strong"))
        .hasText("À l'arrêt");
    assertThat(card(page, "tour").locator("details.note li").first().isVisible()).isTrue();
    Page english = open("en-GB", 1280, 800, ColorScheme.DARK);
    card(english, "tour").locator("summary").click();
    assertThat(card(english, "tour").textContent()).contains("sensor plc was unplugged or silent");
    assertThat(complaints).isEmpty();
  }

  @Test
  void cardsAreShownInFrenchAndInEnglish() throws IOException {
    fillWorkshop();

    Page french = open("fr-FR", 1280, 900, ColorScheme.LIGHT);
    assertThat(french.locator("html").getAttribute("lang")).isEqualTo("fr");
    assertThat(french.locator(".card")).isNotNull();
    assertThat(french.locator(".card").count()).isEqualTo(6);
    assertThat(card(french, "fraiseuse").textContent())
        .contains("Fraiseuse Hurco", "En marche", "TRS", "Poste Matin", "Cadence");
    assertThat(french.locator("#link").textContent()).isEqualTo("En direct");
    shoot(french, "desktop-fr");

    Page english = open("de-DE,en;q=0.5", 1280, 900, ColorScheme.LIGHT, "/?lang=en");
    assertThat(card(english, "fraiseuse").textContent()).contains("Running", "OEE", "Matin shift");

    shoot(open("fr-FR", 360, 780, ColorScheme.LIGHT), "phone-fr");
    shoot(open("fr-FR", 360, 780, ColorScheme.DARK), "phone-dark");
    shoot(open("en-GB", 1920, 1080, ColorScheme.DARK), "screen-dark-en");
    shoot(open("en-GB", 1920, 1080, ColorScheme.LIGHT), "screen-en");
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingIsWiderThanAPhoneOrAWorkshopScreen() throws IOException {
    fillWorkshop();

    for (int width : new int[] {360, 768, 1920}) {
      Page page = open("fr-FR", width, 800, ColorScheme.LIGHT);
      Object wide =
          page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth");
      assertThat(wide).as("fits at " + width).isEqualTo(true);
    }
  }

  @Test
  void batchThatIsStoredChangesTheCardWithoutMovingAnything() throws IOException {
    fillWorkshop();
    Page page = open("fr-FR", 1280, 900, ColorScheme.LIGHT);
    Locator card = card(page, "fraiseuse");
    Object place = place(page, "fraiseuse");

    workshop.send("fraiseuse", "state", Sample.good(workshop.now(), "FEED_HOLD"));

    PlaywrightAssertions.assertThat(card.locator(".state strong")).hasText("À l'arrêt");
    assertThat(place(page, "fraiseuse")).isEqualTo(place);
    assertThat(page.locator("#said").textContent()).contains("Fraiseuse Hurco", "À l'arrêt");
    assertThat(complaints).isEmpty();
  }

  @Test
  void labelIsTextWhateverItHolds() throws IOException {
    workshop.put(
        "/api/v1/machines/attack",
        """
        {"label": "%s", "line": "<script>alert(2)</script>", "shifts": "none",
         "state": {"signal": "state", "values": {"ACTIVE": "running"}}}"""
            .formatted(ATTACK));
    workshop.online("attack");

    Page page = open("fr-FR", 1280, 800, ColorScheme.LIGHT);
    workshop.send("attack", "state", Sample.good(workshop.now(), "ACTIVE"));

    PlaywrightAssertions.assertThat(card(page, "attack").locator(".state strong"))
        .hasText("En marche");
    assertThat(card(page, "attack").locator("h2").textContent()).isEqualTo(ATTACK);
    assertThat(page.locator("h2 img, .card script").count()).isZero();
    assertThat(complaints).isEmpty();
  }

  @Test
  void streamThatIsCutIsSaidAndComesBack() throws IOException {
    fillWorkshop();
    Page page = open("fr-FR", 1280, 900, ColorScheme.LIGHT);

    context.setOffline(true);
    workshop.part(Screens.class).all().forEach(screen -> screen.emitter().complete());
    PlaywrightAssertions.assertThat(page.locator("#link")).containsText("Coupé depuis 10:");
    shoot(page, "cut-fr");
    context.setOffline(false);

    PlaywrightAssertions.assertThat(page.locator("#link")).hasText("En direct");
  }

  private Page open(String language, int width, int height, ColorScheme scheme) {
    return open(language, width, height, scheme, "/");
  }

  private Page open(String language, int width, int height, ColorScheme scheme, String path) {
    if (context != null) {
      context.close();
    }
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale(language.split(",")[0]));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("ERR_INTERNET")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(workshop.address() + "/")) {
            complaints.add("external request: " + request.url());
          }
        });
    page.navigate(workshop.address() + path);
    PlaywrightAssertions.assertThat(page.locator("#link")).hasAttribute("data-link", "live");
    return page;
  }

  /** Top and height, measured in one go, since a card may be replaced between two questions. */
  private static Object place(Page page, String machine) {
    return page.evaluate(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
            + " return [box.y, box.height]; }",
        "m-" + machine);
  }

  private static Locator card(Page page, String machine) {
    return page.locator("#m-" + machine);
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name + ".png")));
  }

  /** Six machines as a morning leaves them. */
  private void fillWorkshop() throws IOException {
    describe("fraiseuse", "Fraiseuse Hurco", "Usinage", "180s");
    describe("tour-mazak", "Tour Mazak QT-250", "Usinage", "95s");
    describe("presse-80t", "Presse 80 t", "Emboutissage", "6s");
    describe("injection", "Presse à injecter Arburg", "Plasturgie", "24s");
    describe("rectif", "Rectifieuse plane", "Finition", "240s");
    describe("laveuse", "Laveuse lessivielle", "Finition", "60s");
    Instant start = Instant.parse("2026-11-24T04:00:00Z");
    run("fraiseuse", start, 180, 0.03, "ACTIVE", 1);
    run("tour-mazak", start, 101, 0.16, "STOPPED", 2);
    run("presse-80t", start, 6, 0.02, "READY", 3);
    run("injection", start, 26, 0.05, "ACTIVE", 4);
    run("rectif", start, 260, 0.30, "OFF", 5);
    run("laveuse", start, 66, 0.08, "ACTIVE", 6);
    for (String machine : List.of("fraiseuse", "tour-mazak", "presse-80t", "injection", "rectif")) {
      workshop.online(machine);
    }
    workshop.offline("laveuse", Instant.parse("2026-11-24T08:05:00Z"));
  }

  private void describe(String name, String label, String line, String cycle) {
    int status =
        workshop
            .put(
                "/api/v1/machines/" + name,
                """
                {"label": "%s", "line": "%s", "reference-cycle": "%s", "micro-stop": "60s",
                 "state": {"signal": "state", "dwell": "1s", "values": {"ACTIVE": "running",
                   "READY": "idle", "FEED_HOLD": "stopped", "STOPPED": "stopped", "OFF": "off"}},
                 "parts": {"counter": "parts"}, "scrap": {"counter": "scrap"}}"""
                    .formatted(label, line, cycle))
            .statusCode();
    assertThat(status).isEqualTo(201);
  }

  /** Parts at a pace from the shift's start to a little before now, with stops between. */
  private void run(
      String machine, Instant start, int seconds, double stopping, String last, long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Sample> states = new ArrayList<>();
    List<Sample> parts = new ArrayList<>();
    List<Sample> scrap = new ArrayList<>();
    Instant end =
        Workshop.MORNING.minus(Duration.ofSeconds(machine.equals("laveuse") ? 5_820 : 20));
    int made = 1_000;
    int bad = 10;
    parts.add(Sample.good(start.minusSeconds(5), made));
    scrap.add(Sample.good(start.minusSeconds(5), bad));
    states.add(Sample.good(start.minusSeconds(5), "ACTIVE"));
    Instant at = start;
    while (at.isBefore(end)) {
      at = at.plusMillis((long) (1_000 * seconds * (0.95 + 0.2 * random.nextDouble())));
      parts.add(Sample.good(at, ++made));
      if (random.nextDouble() < 0.015) {
        scrap.add(Sample.good(at, ++bad));
      }
      if (random.nextDouble() < stopping * seconds / 180) {
        String why = random.nextInt(3) == 0 ? "READY" : "STOPPED";
        states.add(Sample.good(at.plusSeconds(1), why));
        at = at.plusSeconds(40 + random.nextInt(900));
        states.add(Sample.good(at, "ACTIVE"));
      }
    }
    if (machine.equals("rectif")) {
      states.add(Sample.missing(Instant.parse("2026-11-24T05:10:00Z")));
      states.add(Sample.good(Instant.parse("2026-11-24T05:34:00Z"), "ACTIVE"));
    }
    states.add(Sample.good(end, last));
    workshop.send(machine, "state", sorted(states, end));
    workshop.send(machine, "parts", sorted(parts, end));
    workshop.send(machine, "scrap", sorted(scrap, end));
  }

  private static Sample[] sorted(List<Sample> samples, Instant end) {
    return samples.stream()
        .filter(sample -> !sample.time().isAfter(end))
        .sorted(java.util.Comparator.comparing(Sample::time))
        .toArray(Sample[]::new);
  }
}
