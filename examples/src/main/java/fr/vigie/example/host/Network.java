package fr.vigie.example.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A network of its own for some processes, joined to ours by one pair of virtual plugs; needs root.
 */
public final class Network implements Closeable {
  private final String name;
  private final String subnet;
  private boolean open = true;

  private Network(long process) {
    this.name = "vigie" + process;
    this.subnet = "10.213." + (1 + process % 250) + '.';
  }

  /**
   * @throws IOException when the system refuses, with its reason
   */
  public static Network lay() throws IOException {
    Network network = new Network(ProcessHandle.current().pid());
    try {
      Program.run("ip", "netns", "add", network.name);
      Program.run(
          "ip",
          "link",
          "add",
          network.plug(),
          "type",
          "veth",
          "peer",
          "name",
          "eth0",
          "netns",
          network.name);
      Program.run("ip", "addr", "add", network.address() + "/24", "dev", network.plug());
      Program.run("ip", "link", "set", network.plug(), "up");
      network.inside("ip", "addr", "add", network.subnet + "2/24", "dev", "eth0");
      network.inside("ip", "link", "set", "lo", "up");
      network.inside("ip", "link", "set", "eth0", "up");
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  /** Our address, as the processes inside see it. */
  public String address() {
    return subnet + '1';
  }

  /** What a command begins with to run inside. */
  public List<String> entrance() {
    return List.of("/usr/sbin/ip", "netns", "exec", name);
  }

  /** Runs a program inside. */
  public void inside(String program, String... arguments) throws IOException {
    String[] whole = new String[arguments.length + 4];
    whole[0] = "netns";
    whole[1] = "exec";
    whole[2] = name;
    whole[3] = program;
    System.arraycopy(arguments, 0, whole, 4, arguments.length);
    Program.run("ip", whole);
  }

  public void cut() throws IOException {
    Program.run("ip", "link", "set", plug(), "down");
  }

  public void join() throws IOException {
    Program.run("ip", "link", "set", plug(), "up");
  }

  /** Lets packets both ways get lost by chance. */
  public void loseShare(double share) throws IOException {
    for (String chain : List.of("INPUT", "OUTPUT")) {
      inside(
          "iptables",
          "-A",
          chain,
          "-m",
          "statistic",
          "--mode",
          "random",
          "--probability",
          Double.toString(share),
          "-j",
          "DROP");
    }
  }

  /** Drops every packet that would come in, and lets those out pass. */
  public void dropIncoming() throws IOException {
    inside("iptables", "-A", "INPUT", "-j", "DROP");
  }

  public void dropNothing() throws IOException {
    inside("iptables", "-F");
  }

  /** Bounds what leaves. */
  public void atMost(String rate) throws IOException {
    inside(
        "tc", "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", rate, "burst", "4kb", "latency",
        "2s");
  }

  @Override
  public synchronized void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    Program.run("ip", "netns", "del", name);
  }

  private String plug() {
    return name.length() > 15 ? name.substring(0, 15) : name;
  }
}
