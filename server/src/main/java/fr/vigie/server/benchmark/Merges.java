package fr.vigie.server.benchmark;

import fr.vigie.benchmark.Earlier;
import fr.vigie.benchmark.Measure;
import fr.vigie.benchmark.Member;
import fr.vigie.benchmark.Merge;
import fr.vigie.benchmark.Rules;
import fr.vigie.benchmark.SignedContribution;
import fr.vigie.server.plant.PlantDatabase;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Merges contributions and remembers each merge before anybody sees it. Safe for use by several
 * threads.
 */
@Component
public final class Merges {
  private static final TypeReference<Map<String, List<String>>> SHOWN = new TypeReference<>() {};

  private final PlantDatabase database;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();

  Merges(PlantDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public synchronized Merge.Outcome merge(YearMonth month, List<SignedContribution> all) {
    Merge.Outcome outcome = Merge.of(month, all, earlier(), Rules.DEFAULT);
    if (outcome instanceof Merge.Done done) {
      remember(done.merge().record());
    }
    return outcome;
  }

  private List<Earlier> earlier() {
    return database
        .client()
        .sql("SELECT cluster, month, members, shown FROM benchmark_merge ORDER BY id")
        .query(
            (row, number) ->
                new Earlier(
                    row.getString("cluster"),
                    YearMonth.parse(row.getString("month")),
                    members(row.getString("members")),
                    shown(row.getString("shown"))))
        .list();
  }

  private void remember(Earlier merge) {
    Map<String, List<String>> shown =
        merge.shown().entrySet().stream()
            .collect(
                Collectors.toMap(
                    cell -> cell.getKey().word(),
                    cell -> cell.getValue().stream().map(Merges::text).toList()));
    database
        .client()
        .sql(
            "INSERT INTO benchmark_merge (cluster, month, members, shown, merged_at)"
                + " VALUES (?, ?, ?, ?, ?)")
        .params(
            merge.cluster(),
            merge.month().toString(),
            text(merge.members()),
            json.writeValueAsString(shown),
            clock.instant().toString())
        .update();
  }

  private Map<Measure, List<Set<Member>>> shown(String text) {
    Map<Measure, List<Set<Member>>> shown = new EnumMap<>(Measure.class);
    json.readValue(text, SHOWN)
        .forEach(
            (word, cells) ->
                shown.put(
                    Measure.valueOf(word.toUpperCase(Locale.ROOT)),
                    cells.stream().map(Merges::members).toList()));
    return shown;
  }

  private static String text(Collection<Member> members) {
    return members.stream()
        .map(member -> member.company() + ':' + member.digest())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static Set<Member> members(String text) {
    return Arrays.stream(text.split(" "))
        .map(member -> member.split(":"))
        .map(parts -> new Member(parts[0], parts[1]))
        .collect(Collectors.toSet());
  }
}
