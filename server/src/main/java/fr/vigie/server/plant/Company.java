package fr.vigie.server.plant;

import fr.vigie.server.store.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a company says of itself where its machines cannot.
 *
 * @param sector division of NAF rev. 2, two digits
 * @param cluster the companies that it compares itself with
 * @param machines how many there are, connected or not
 * @param users how many people should look
 * @param siteMeters counters of the energy of the whole site
 * @param machineMeters counters of the energy of single machines
 */
public record Company(
    Optional<String> sector,
    Optional<String> cluster,
    OptionalLong machines,
    OptionalLong users,
    List<Series> siteMeters,
    List<Series> machineMeters) {

  private static final Pattern SECTOR = Pattern.compile("[0-9]{2}");

  public Company {
    siteMeters = List.copyOf(siteMeters);
    machineMeters = List.copyOf(machineMeters);
  }

  /**
   * @throws MistakesFound with all of them
   */
  static Company read(Map<?, ?> values, String site) {
    Tree tree = Tree.of(values);
    Optional<String> sector = tree.text("sector", 2);
    if (sector.isPresent() && !SECTOR.matcher(sector.get()).matches()) {
      tree.wrong("sector", "two digits in quotes, a division of NAF rev. 2 such as \"25\"");
    }
    Company company =
        new Company(
            sector,
            tree.name("cluster"),
            count(tree, "machines"),
            count(tree, "users"),
            meters(tree, "site-meters", site),
            meters(tree, "machine-meters", site));
    tree.check();
    return company;
  }

  private static OptionalLong count(Tree tree, String key) {
    double number = tree.number(key).orElse(0);
    if (number < 0 || number > 1_000_000 || number != Math.rint(number)) {
      tree.wrong(key, "a whole number of 1 to 1000000");
    }
    return number > 0 ? OptionalLong.of((long) number) : OptionalLong.empty();
  }

  private static List<Series> meters(Tree tree, String key, String site) {
    List<Series> meters = new ArrayList<>();
    if (tree.has(key)) {
      for (Tree meter : tree.branches(key, "a list of {machine, signal}")) {
        String machine = meter.wantedName("machine");
        meters.add(new Series(site, machine, meter.wantedName("signal")));
      }
    }
    return meters;
  }
}
