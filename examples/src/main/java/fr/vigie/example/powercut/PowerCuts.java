package fr.vigie.example.powercut;

import fr.vigie.example.installation.OnExit;
import fr.vigie.example.installation.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts the power of a writer at random moments: a process writes to a file system in a file; it is
 * halted, the file is copied, and what the copy holds is what a cut at that moment would have left.
 * The copy is mounted, opened and compared. Every few cuts the writer is killed and the next one
 * goes on from the copy.
 */
public final class PowerCuts {
  private static final int CUTS_OF_A_LIFE = 5;
  private static final int LIVES_OF_A_DISK = 8;
  private static final int MOST_WORDS = 60;
  private static final int MOST_NANOS = 20_000_000;

  private final Victim victim;
  private final Path work;
  private final Random random;
  private final PrintWriter out;
  private Map<String, Long> lastTold = Map.of();

  private PowerCuts(Victim victim, Path work, Random random, PrintWriter out) {
    this.victim = victim;
    this.work = work;
    this.random = random;
    this.out = out;
  }

  /** Why this machine cannot do it, empty when it can. */
  public static Optional<String> hindrance() {
    try {
      if (!LoopDisk.run("id", "-u").equals("0")) {
        return Optional.of("mounting a file system in a file needs root");
      }
      LoopDisk.run("mkfs.ext4", "-V");
      LoopDisk.run("losetup", "-f");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /**
   * @param seed of the moments, though a process of its own is never twice where it was
   * @param out is told of each ten cuts, and of each that is not clean
   * @throws IOException when the machine cannot do it, see {@link #hindrance}, or a writer ends
   */
  public static Counts run(Victim victim, int cuts, long seed, PrintWriter out)
      throws IOException, InterruptedException {
    try (OnExit exit = new OnExit()) {
      Path work = exit.add(TemporaryFolder.create("vigie-powercut-")).path();
      return new PowerCuts(victim, work, new Random(seed), out).cut(cuts, exit);
    }
  }

  private Counts cut(int cuts, OnExit exit) throws IOException, InterruptedException {
    Counts counts = Counts.NONE;
    for (int life = 1; counts.cuts() < cuts; life++) {
      boolean fresh = life % LIVES_OF_A_DISK == 1;
      Path image = work.resolve("disk");
      Map<String, Long> told = fresh ? Map.of() : lastTold;
      try (LoopDisk disk = exit.add(fresh ? LoopDisk.create(image) : LoopDisk.mount(image));
          Writer writer =
              exit.add(Writer.start(victim.writer(), disk.folder().resolve("data"), life, told))) {
        int least = counts.cuts() + CUTS_OF_A_LIFE;
        while (counts.cuts() < Math.min(cuts, least)) {
          counts = counts.plus(once(disk, writer, counts.cuts() + 1, exit));
        }
      }
      Files.move(work.resolve("copy"), image, StandardCopyOption.REPLACE_EXISTING);
    }
    return counts;
  }

  private Counts once(LoopDisk disk, Writer writer, int number, OnExit exit)
      throws IOException, InterruptedException {
    writer.hear(1 + random.nextInt(MOST_WORDS));
    LockSupport.parkNanos(random.nextInt(MOST_NANOS));
    lastTold = writer.halt();
    Path copy = work.resolve("copy");
    disk.copyTo(copy);
    writer.goOn();
    Counts found;
    try (LoopDisk left = exit.add(LoopDisk.mount(copy))) {
      found = victim.check(left.folder().resolve("data"), lastTold);
    }
    found = found.plus(new Counts(1, 0, 0, 0, 0, 0));
    if (!found.isClean() || number % 10 == 0) {
      out.printf("%s cut %d: %s%n", victim, number, found);
      out.flush();
    }
    return found;
  }
}
