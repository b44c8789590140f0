package fr.vigie.example.stage;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.checker.Report;
import fr.vigie.example.host.Mount;
import fr.vigie.example.host.Network;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Mosquitto;
import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.terminal.PseudoTerminal;
import fr.vigie.example.trial.Plan;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one fault is played: a folder of its own, whatever it starts, and notes of what was done,
 * seen and expected. One thread plays; any may close it, which ends and undoes all.
 */
public final class Stage implements Closeable {
  private static final Duration DRAIN = Duration.ofMinutes(3);

  /** Time, level and logger before the words of a line of a log. */
  private static final Pattern LOG_HEAD =
      Pattern.compile(
          "^\\d{4}-\\S+ (\\d\\S+ )?(INFO|WARN|WARNING|SEVERE|ERROR) +(\\[.*?\\] )?(\\w\\.\\S+ )?");

  private final Path folder;
  private final long seed;
  private final InstantSource clock;
  private final boolean thorough;
  private final Home home;
  private final OnExit exit = new OnExit();
  private final SplittableRandom random;
  private final List<String> done = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private Finding total = Finding.NONE;
  private String message = "";

  /**
   * @param seed of everything that happens by chance
   * @param thorough whether it may take long
   */
  public Stage(Path folder, long seed, InstantSource clock, boolean thorough) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.seed = seed;
    this.clock = clock;
    this.thorough = thorough;
    this.home = Home.find();
    this.random = new SplittableRandom(seed);
    exit.add(home);
  }

  public Path folder() {
    return folder;
  }

  public Home home() {
    return home;
  }

  public long seed() {
    return seed;
  }

  public SplittableRandom random() {
    return random;
  }

  public InstantSource clock() {
    return clock;
  }

  /** The larger number when there is time for it. */
  public int often(int quick, int thoroughly) {
    return thorough ? thoroughly : quick;
  }

  /** Everything in this stage's folder. */
  public Plan plan() {
    return Plan.in(folder);
  }

  public Trial start(Plan plan) throws IOException, InterruptedException {
    return add(Trial.start(home, folder, plan, clock, seed));
  }

  /** A trial whose agent reaches the server's broker through a proxy only. */
  public Trial startBehind(ChaosProxy proxy, int mqttPort, Plan plan)
      throws IOException, InterruptedException {
    return start(plan.server(settings(mqttPort)).broker(proxy.address()));
  }

  private static Server.Settings settings(int mqttPort) {
    return new Server.Settings(Trial.SITE, 0, mqttPort, "embedded");
  }

  public ChaosProxy proxy(int port) throws IOException {
    return add(ChaosProxy.before(port, seed));
  }

  public Mosquitto mosquitto() throws IOException, InterruptedException, NotRun {
    Optional<Path> program = Mosquitto.installed();
    if (program.isEmpty()) {
      throw new NotRun(Need.MOSQUITTO.absent().orElse("no Mosquitto"));
    }
    return add(Mosquitto.start(home, program.get(), folder.resolve("broker")));
  }

  /** A network of its own. */
  public Network network() throws IOException, NotRun {
    try {
      return add(Network.lay());
    } catch (IOException e) {
      throw new NotRun("this machine lays no network namespace: " + e.getMessage());
    }
  }

  /** Puts a small file system in memory at a place. */
  public Mount memory(Path at, String options) throws IOException {
    return add(Mount.memory(at, options));
  }

  /** Puts an ext4 file system, of an image of its own, at a place. */
  public Mount medium(Path image, Path at) throws IOException {
    return add(Mount.image(image, at));
  }

  public PseudoTerminal line(Path port) throws IOException {
    return add(PseudoTerminal.open(port));
  }

  /** Whatever is to be closed at the end, last first. */
  public <T extends Closeable> T add(T thing) throws IOException {
    return exit.add(thing);
  }

  /** A port that is free now. */
  public int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Notes what was done. */
  public void did(String format, Object... arguments) {
    done.add(String.format(format, arguments));
  }

  /** Notes what the user saw; the words that a process printed. */
  public void saw(Optional<String> words) {
    words.ifPresent(
        said ->
            message =
                LOG_HEAD.matcher(said).replaceFirst("").replace(folder.toString(), "…").strip());
  }

  /** Notes a broken promise, unless it holds. */
  public void expect(boolean holds, String format, Object... arguments) {
    if (!holds) {
      broken.add(String.format(format, arguments));
    }
  }

  /** Waits until something is so; if it never is, that is a broken promise and this returns. */
  public boolean await(String what, Duration patience, Waiting.Condition condition)
      throws IOException, InterruptedException {
    boolean held = Waiting.until(patience, condition);
    expect(held, "not so within %d s: %s", patience.toSeconds(), what);
    return held;
  }

  /** Lets time pass while the machines speak. */
  public void pause(Duration time) throws IOException, InterruptedException {
    Waiting.until(time, () -> false);
  }

  /** Lets some time pass by chance. */
  public void pause(int leastMillis, int mostMillis) throws IOException, InterruptedException {
    pause(Duration.ofMillis(random.nextInt(leastMillis, mostMillis)));
  }

  /**
   * Switches the machines off, waits until all is acknowledged, and compares what they said with
   * what is stored: missing, duplicated and corrupted must be 0.
   */
  public Report settle(Trial trial) throws IOException, InterruptedException {
    trial.drain(DRAIN);
    Report report = trial.check();
    add(report.total());
    report
        .excess()
        .forEach((sensor, count) -> did("%d messages of %s declared too many", count, sensor));
    Files.writeString(folder.resolve("report"), report + "\n");
    return report;
  }

  /**
   * Notes a broken promise if the agent's sudden ends took more than what its memory head holds.
   *
   * @param ends how often the agent ended without being asked to
   * @param head how long values may wait in memory only; what was being read comes on top
   */
  public void expectAtMostLost(Report report, int ends, Duration head) {
    long most = ends * Workshop.SAMPLES_PER_SECOND * (head.toSeconds() + 1);
    long declared = report.total().declared();
    expect(declared <= most, "%d values lost in %d ends, at most %d", declared, ends, most);
  }

  /** Counts what became of some values. */
  public void add(Finding finding) {
    total = total.plus(finding);
  }

  /** The outcome of a play that came to its end. */
  public Outcome outcome(Sheet sheet, Duration took) {
    List<String> reasons = new ArrayList<>(broken);
    if (total.missing() + total.duplicated() + total.corrupted() > 0) {
      reasons.add(
          String.format(
              "missing %d, duplicated %d, corrupted %d",
              total.missing(), total.duplicated(), total.corrupted()));
    }
    Verdict verdict = reasons.isEmpty() ? Verdict.HELD : Verdict.FAILED;
    return new Outcome(sheet, verdict, String.join(", ", done), total, message, reasons, took);
  }

  /** The outcome of a play that broke off. */
  public Outcome broken(Sheet sheet, Exception why, Duration took) {
    List<String> reasons = new ArrayList<>(broken);
    @Nullable String words = why.getMessage();
    reasons.add(words == null ? why.toString() : words);
    Verdict verdict = why instanceof NotRun && broken.isEmpty() ? Verdict.NOT_RUN : Verdict.FAILED;
    return new Outcome(sheet, verdict, String.join(", ", done), total, message, reasons, took);
  }

  /** Ends every process at once, then undoes the rest, last first. */
  @Override
  public void close() throws IOException {
    home.close();
    exit.close();
  }
}
