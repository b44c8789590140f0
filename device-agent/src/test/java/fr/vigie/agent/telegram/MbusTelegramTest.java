package fr.vigie.agent.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames of real meters, from the tests of libmbus, whose readings of them are published. */
class MbusTelegramTest {
  private static final String EASTRON =
      "68909068080A727865342124400102550000000BFD475634120BFD475634120BFD475634120BFD475634"
          + "120BFD475634120BFD475634120BFD595634120BFD595634120BFD595634120BFD595634120B2A563412"
          + "0B2A5634120B2A5634120B2A5634120BFD3A5634120BFD3A5634120BFD3A5634120BFD3A5634120AFD3A"
          + "00050AFD3A05000AFD3A05000AFD3A05000AFD3A50004D16";
  private static final String KAMSTRUP =
      "68F7F768081172175885062D2C0804040000000C78175885060406E791000004142CDB00000422D90300"
          + "000459B9270000045D081200000461B1150000042D5B010000142DC0010000043B1F020000143B740200"
          + "00841006000000008420060000000084401400000000848040140000000084C0400600000000046D1A2F"
          + "65114406518200004414B2C30000542D26020000543B03040000C4100600000000C4200600000000C440"
          + "1400000000C480401400000000C4C0400600000000426C5F1C0F00000000E7E400006366000000000000"
          + "00000000000000005BC9A50234530000E0B20300899C6800000000000100010707090103000000000098"
          + "16";
  private static final String ELVACO =
      "685353680805723408005496153200F200000001FD1B0002FC0348522574D41122FC0348522574C81112"
          + "FC0348522574B4160265D00822657008126523090172184265E408820165DD080C783408005403FD0F00"
          + "00041F5D16";
  private static final String ABB =
      "689898680801721234567842040202450000000E84000000000000008E1084000000000000008E208400"
          + "0000000000008EB00084000000000000008E801084000000000000008E804084000000000000008E9040"
          + "84000000000000008EA04084000000000000008EB04084000000000000008E8050840000000000000001"
          + "FF9300000CFF92000000000107FD9700000000000000000001FF9800001F7516";

  private static final String EMU =
      "68F4F46808007229260300B5151002020000000C78292603008410035405000084200300000000849040"
          + "03AE1E000084A040030000000004ABFF01FEFFFFFF04ABFF020000000004ABFF0300000000042BFEFFFF"
          + "FF848040ABFF010E000000848040ABFF0200000000848040ABFF03000000008480402B0E00000002FDC8"
          + "FF01D10802FDC8FF02000002FDC8FF03000022FDC8FF01520722FDC8FF02000022FDC8FF03000012FDC8"
          + "FF016A0912FDC8FF02000012FDC8FF03000003FDD9FF01BEFFFF03FDD9FF0200000003FDD9FF03000000"
          + "03FD59BEFFFF01FFE1FF010D01FFE1FF020001FFE1FF030002FF52F40102FD60380001FD17007416";
  private static final String SIEMENS =
      "685959680800728213020865329906EB0000000C13010100000B22520902046D38086E19326C00000C78"
          + "8213020806FD0C0A000100FA010DFD0B05313248465701FD0E000B3B0000000F37FD1700000000000000"
          + "00027A0D0002780D001116";
  private static final String TEXT_BEHIND =
      "6819196808027278563412244001075500000003FC20034342411531007F16";

  private static byte[] frame(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static MbusTelegram read(String hex, int address) throws MbusException {
    return MbusTelegram.read(MbusFrame.content(frame(hex), address));
  }

  /** A whole telegram of an electricity meter with these records. */
  private static MbusTelegram of(String records) throws MbusException {
    return MbusTelegram.read(
        HexFormat.of().parseHex("72" + "78563412" + "2440" + "0102550000" + "00" + records));
  }

  private static List<String> told(MbusTelegram telegram) {
    return telegram.records().stream()
        .map(
            record ->
                record.key()
                    + '='
                    + (record.value().isPresent() ? record.value().getAsDouble() : "none")
                    + ' '
                    + record.unit())
        .toList();
  }

  @Test
  void theGoldenFrameOfAnElectricityMeter() throws MbusException {
    MbusTelegram telegram = read(EASTRON, 10);

    assertThat(telegram.id()).isEqualTo("21346578");
    assertThat(telegram.manufacturer()).isEqualTo("PAD");
    assertThat(telegram.version()).isEqualTo(1);
    assertThat(telegram.medium()).isEqualTo(2);
    assertThat(telegram.access()).isEqualTo(85);
    assertThat(told(telegram))
        .hasSize(23)
        .startsWith("voltage=1234.56 V", "voltage.2=1234.56 V")
        .contains("current.3=123.456 A", "power.4=12345.6 W", "number=123456.0 ")
        .endsWith(
            "number.5=500.0 ", "number.6=5.0 ", "number.7=5.0 ", "number.8=5.0 ", "number.9=50.0 ");
  }

  @Test
  void aHeatMeterTellsStoragesTariffsUnitsAndMaxima() throws MbusException {
    MbusTelegram telegram = read(KAMSTRUP, 17);

    assertThat(telegram.id()).isEqualTo("06855817");
    assertThat(telegram.more()).isFalse();
    assertThat(told(telegram))
        .containsExactly(
            "energy=3.7351E7 W.h",
            "volume=561.08 m3",
            "on-time=985.0 h",
            "flow-temperature=101.69 Cel",
            "return-temperature=46.16 Cel",
            "temperature-difference=55.53 K",
            "power=34700.0 W",
            "power.max=44800.0 W",
            "volume-flow=0.543 m3/h",
            "volume-flow.max=0.628 m3/h",
            "energy.tariff1=0.0 W.h",
            "energy.tariff2=0.0 W.h",
            "volume.unit1=0.0 m3",
            "volume.unit2=0.0 m3",
            "energy.unit3=0.0 W.h",
            "energy.storage1=3.3361E7 W.h",
            "volume.storage1=500.98 m3",
            "power.max.storage1=55000.0 W",
            "volume-flow.max.storage1=1.027 m3/h",
            "energy.storage1.tariff1=0.0 W.h",
            "energy.storage1.tariff2=0.0 W.h",
            "volume.storage1.unit1=0.0 m3",
            "volume.storage1.unit2=0.0 m3",
            "energy.storage1.unit3=0.0 W.h");
  }

  @Test
  void whatHasNoCertainMeaningIsPassedOver() throws MbusException {
    assertThat(told(read(ELVACO, 5)))
        .containsExactly(
            "digital-input=0.0 ",
            "external-temperature=22.56 Cel",
            "external-temperature.min=21.6 Cel",
            "external-temperature.max=23.39 Cel",
            "averaging-time=24.0 h",
            "external-temperature.storage1=22.76 Cel",
            "external-temperature.storage2=22.69 Cel");
    assertThat(read(ELVACO, 5).more()).isTrue();
    assertThat(told(read(ABB, 1)))
        .hasSize(10)
        .startsWith("energy=0.0 W.h", "energy.tariff1=0.0 W.h")
        .endsWith("energy.tariff4.unit2=0.0 W.h");
  }

  @Test
  void aMakersOwnAdditionsNameTheRecordsOfThreePhases() throws MbusException {
    assertThat(told(read(EMU, 0)))
        .contains(
            "energy.tariff1=1364.0 W.h",
            "energy.tariff1.unit2=7854.0 W.h",
            "power.m01=-2.0 W",
            "power=-2.0 W",
            "power.unit2.m01=14.0 W",
            "voltage.m01=225.7 V",
            "voltage.min.m01=187.4 V",
            "voltage.max.m01=241.0 V",
            "current.m01=-0.066 A",
            "resets=56.0 ")
        .hasSize(26);
  }

  @Test
  void textsDatesAndTheMakersOwnEndAreReadOver() throws MbusException {
    assertThat(told(read(SIEMENS, 0)))
        .containsExactly("volume=0.101 m3", "on-time=20952.0 h", "volume-flow=0.0 m3/h");
    assertThat(told(read(TEXT_BEHIND, 2))).isEmpty();
  }

  @Test
  void numbersHaveSignsAndOnesThatStandForNone() throws MbusException {
    assertThat(told(of("022AF6FF" + "012AFC" + "022A0080" + "012A80")))
        .containsExactly("power=-1.0 W", "power.2=-0.4 W", "power.3=none W", "power.4=none W");
    assertThat(told(of("0B2A5634F2" + "0A2A3412" + "0A2AEEEE" + "0A2A3A12")))
        .containsExactly("power=-2345.6 W", "power.2=123.4 W", "power.3=none W", "power.4=none W");
    assertThat(told(of("052B0000C0FF" + "052BCDCC2C40")))
        .containsExactly("power=none W", "power.2=2.7 W");
    assertThat(told(of("072AF6FFFFFFFFFFFFFF" + "062A010000000000")))
        .containsExactly("power=-1.0 W", "power.2=0.1 W");
  }

  @Test
  void extensionsScaleOrNameARecordOrMakeItUnknown() throws MbusException {
    assertThat(
            told(
                of(
                    "02FDC9FC01E803" // voltage on phase 1
                        + "02AB74E803" // a hundredth
                        + "02AB7DE803" // a thousand times
                        + "04833B01000000"
                        + "0483FF0101000000" // the maker's own
                        + "02AB39E803" // one that is not known
                        + "02AB18E803"))) // an error of the record
        .containsExactly(
            "voltage.l1=1000.0 V",
            "power=10.0 W",
            "power.2=1000000.0 W",
            "energy.positive=1.0 W.h",
            "energy.m01=1.0 W.h",
            "power.3=none W");
  }

  @Test
  void whatIsNotWhollyUnderstoodIsRefused() {
    for (String content :
        List.of(
            "", // nothing
            "72", // no header
            "73785634120000000000000000", // fixed structure
            "76785634122440010255000000", // the old byte order
            "72785634122440010255000005" + "022A0100", // encrypted
            "72785634122440010255020000" + "022A0100", // an error of the meter
            "72785634122440010255000000" + "022A01", // cut in the data
            "72785634122440010255000000" + "02", // cut before the meaning
            "72785634122440010255000000" + "8480808080808080808080808000",
            "72785634122440010255000000" + "0280808080808080808080808000",
            "72785634122440010255000000" + "7F2A", // a form that only requests have
            "72785634122440010255000000" + "0D2AF300")) {
      assertThatThrownBy(() -> MbusTelegram.read(HexFormat.of().parseHex(content)))
          .as(content)
          .isInstanceOf(MbusException.class);
    }
  }

  @Test
  void aFrameIsRefusedForEverySingleFlippedBitAndAnyMissingByte() {
    byte[] whole = frame(EASTRON);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      // Two bits of the control field are the meter's to set; the checksum sees them all the same.
      assertThatThrownBy(() -> MbusFrame.content(flipped, 10)).isInstanceOf(MbusException.class);
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> MbusFrame.content(cut, 10)).isInstanceOf(MbusException.class);
    }
    assertThatThrownBy(() -> MbusFrame.content(whole, 11)).hasMessageContaining("address 10");
  }

  @Test
  void anyContentGivesATelegramOrItsOwnException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] content = new byte[13 + random.nextInt(60)];
      random.nextBytes(content);
      content[0] = 0x72;
      content[10] = 0;
      content[11] = 0;
      content[12] = 0;
      try {
        assertThat(MbusTelegram.read(content).records()).hasSizeLessThan(60);
      } catch (MbusException refused) {
        continue;
      } catch (RuntimeException e) {
        fail("seed " + seed + ": " + HexFormat.of().formatHex(content), e);
      }
    }
  }

  @Test
  void requestsAreTheOnesOfTheNorm() {
    assertThat(HexFormat.of().formatHex(MbusFrame.request(1, false))).isEqualTo("105b015c16");
    assertThat(HexFormat.of().formatHex(MbusFrame.request(1, true))).isEqualTo("107b017c16");
    assertThat(HexFormat.of().formatHex(MbusFrame.reset(254))).isEqualTo("1040fe3e16");
  }
}
