package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.server.settings.VigieSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class PlantTest {
  private static final Map<String, Object> TREE =
      Map.of(
          "label",
          "Presse à 80 t",
          "state",
          Map.of("signal", "state", "values", Map.of("ACTIVE", "running")));

  @TempDir Path data;
  private Plant plant;

  @BeforeEach
  void open() {
    VigieSettings settings = settings(data);
    plant =
        new Plant(
            new PlantDatabase(settings), settings, () -> Instant.parse("2026-11-24T10:00:00Z"));
  }

  public static VigieSettings settings(Path data) {
    return new VigieSettings(
        "atelier",
        data.toString(),
        "sqlite",
        "",
        "vigie",
        "",
        "",
        "embedded",
        "",
        "",
        "",
        java.time.Duration.ofMinutes(2),
        new VigieSettings.Mqtt("127.0.0.1", 0),
        new VigieSettings.Keep("forever", "forever", "forever", "forever", "forever"));
  }

  @Test
  void machineIsStillThereAfterReopening() {
    assertThat(plant.put("press", TREE)).isTrue();
    assertThat(plant.put("press", TREE)).isFalse();

    open();

    Machine machine = plant.machine("press").orElseThrow();
    assertThat(machine.label()).isEqualTo("Presse à 80 t");
    assertThat(machine.site()).isEqualTo("atelier");
    assertThat(machine.version()).isEqualTo(2);
    assertThat(plant.tree("press")).contains(TREE);
  }

  @Test
  void versionGrowsThoughAMachineWasRemovedBetween() {
    plant.put("press", TREE);
    assertThat(plant.remove("press")).isTrue();
    assertThat(plant.machines()).isEmpty();
    assertThat(plant.remove("press")).isFalse();

    plant.put("press", TREE);

    assertThat(plant.machine("press").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void mistakeChangesNothing() {
    plant.put("press", TREE);

    assertThatThrownBy(() -> plant.put("press", Map.of("state", "off")))
        .isInstanceOf(MistakesFound.class);

    assertThat(plant.machine("press").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void threeShiftsADayHoldUntilTheSiteSaysOtherwise() {
    Instant night = Instant.parse("2026-11-24T22:00:00Z");
    assertThat(plant.calendar().shiftAt(night).orElseThrow().name()).isEqualTo("Nuit");

    plant.putSite(
        Map.of(
            "zone",
            "Europe/Lisbon",
            "shifts",
            List.of(Map.of("name", "Dia", "from", "08:00", "to", "16:00"))));
    open();

    assertThat(plant.calendar().zone()).isEqualTo(ZoneId.of("Europe/Lisbon"));
    assertThat(plant.calendar().shiftAt(night)).isEmpty();
  }

  @Test
  void machinesFollowTheCalendarOfTheirSite() {
    plant.put("press", TREE);
    plant.putSite(
        Map.of(
            "zone",
            "Europe/Lisbon",
            "shifts",
            List.of(Map.of("name", "Dia", "from", "08:00", "to", "16:00"))));

    assertThat(plant.machine("press").orElseThrow().rules().calendar()).contains(plant.calendar());
  }

  @Test
  void listenerHearsOfEachChange() {
    AtomicInteger changes = new AtomicInteger();
    plant.onChange(changes::incrementAndGet);

    plant.put("press", TREE);
    plant.remove("press");

    assertThat(changes).hasValue(2);
  }
}
