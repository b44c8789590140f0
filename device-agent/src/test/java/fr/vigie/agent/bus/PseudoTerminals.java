package fr.vigie.agent.bus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A serial cable made of two pseudo-terminals: one end for the device, one for us. */
public final class PseudoTerminals implements Closeable {
  private final Path ours;
  private final Path theirs;
  private Process socat;

  public PseudoTerminals(Path folder) {
    this.ours = folder.resolve("ours");
    this.theirs = folder.resolve("theirs");
    plug();
  }

  public static void assumeSocat() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "needs socat");
  }

  public Path ours() {
    return ours;
  }

  Path theirs() {
    return theirs;
  }

  public void plug() {
    try {
      socat =
          new ProcessBuilder("/usr/bin/socat", "PTY,rawer,link=" + ours, "PTY,rawer,link=" + theirs)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(() -> Files.exists(ours) && Files.exists(theirs));
    makeRaw(theirs);
  }

  /** Socat links a terminal before it has set it up; until then a line feed gains a return. */
  private static void makeRaw(Path terminal) {
    try {
      Process stty =
          new ProcessBuilder("stty", "-F", terminal.toString(), "raw", "-echo").inheritIO().start();
      if (stty.waitFor() != 0) {
        throw new IllegalStateException(terminal + " cannot be set up");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public void unplug() {
    socat.destroy();
    try {
      socat.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public void say(String text) throws IOException {
    try (OutputStream out = Files.newOutputStream(theirs)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited 20 s in vain");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    unplug();
  }
}
