package fr.vigie.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contribution as a file: JSON of one fixed form, so that equal contents are equal bytes, and the
 * signature of all of its lines but the last two.
 *
 * @param company who signed: the same for all that one company says in a cluster and a month, and
 *     for nothing else
 * @param digest of the whole text
 */
public record SignedContribution(
    Contribution contribution, String company, String digest, String text) {
  private static final int VERSION = 1;
  private static final int LONGEST = 10_000;
  private static final Pattern ANY_VERSION =
      Pattern.compile("\\s*\\{\\s*\"vigie-contribution\"\\s*:\\s*(\\d{1,9})\\b.*", Pattern.DOTALL);
  private static final Pattern FORM = Pattern.compile(form());

  private static String form() {
    StringBuilder form = new StringBuilder("(\\{\n  \"vigie-contribution\": " + VERSION + ",\n");
    for (String name : new String[] {"cluster", "sector", "month"}) {
      form.append("  \"" + name + "\": \"(?<" + name + ">[^\"\n\\\\]{1,64})\",\n");
    }
    for (Measure measure : Measure.values()) {
      String word = measure.word();
      form.append("  \"" + word + "\": (?:null|\\{\"machines\": (?<" + word + "M>\\d{1,12}), ")
          .append("\"minutes\": (?<" + word + "N>-?\\d{1,17}), ")
          .append("\"of-minutes\": (?<" + word + "D>\\d{1,17})\\}),\n");
    }
    return form.append("  \"key\": \"(?<key>[A-Za-z0-9+/=]{1,100})\",\n)")
        .append("  \"signature\": \"(?<signature>[A-Za-z0-9+/=]{1,200})\"\n\\}\n")
        .toString();
  }

  /**
   * Signs a contribution with the key of a company for its cluster and month.
   *
   * @param secret at least 32 random bytes that only the company knows
   */
  public static SignedContribution sign(Contribution contribution, byte[] secret) {
    ClusterKey key = ClusterKey.of(secret, contribution.cluster(), contribution.month());
    byte[] open = key.open().getEncoded();
    String signed = signedPart(contribution, base64(open));
    String text = signed + "  \"signature\": \"" + base64(key.sign(bytes(signed))) + "\"\n}\n";
    return new SignedContribution(contribution, digest(open), digest(bytes(text)), text);
  }

  /**
   * Reads a file.
   *
   * @throws Refused when any byte of it is not as it was signed
   */
  public static SignedContribution read(String text) throws Refused {
    Matcher version = ANY_VERSION.matcher(text.length() > LONGEST ? "" : text);
    if (!version.matches()) {
      throw new Refused(Refused.Reason.NOT_A_CONTRIBUTION, start(text));
    }
    if (Integer.parseInt(version.group(1)) != VERSION) {
      throw new Refused(Refused.Reason.UNKNOWN_VERSION, version.group(1));
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Refused(Refused.Reason.NOT_A_CONTRIBUTION, start(text));
    }
    Contribution contribution = contents(form);
    String key = group(form, "key");
    // Also a number with a leading zero, or base64 with bits to spare, is another text.
    String canonical = signedPart(contribution, key);
    byte[] open = decoded(key);
    byte[] signature = decoded(group(form, "signature"));
    boolean sameText =
        canonical.equals(form.group(1))
            && base64(open).equals(key)
            && base64(signature).equals(group(form, "signature"));
    if (!sameText || !verifies(bytes(canonical), open, signature)) {
      throw new Refused(Refused.Reason.CHANGED, start(text));
    }
    return new SignedContribution(contribution, digest(open), digest(bytes(text)), text);
  }

  private static Contribution contents(Matcher form) throws Refused {
    try {
      Map<Measure, Share> shares = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        String word = measure.word();
        if (form.group(word + "M") != null) {
          shares.put(
              measure,
              new Share(
                  Long.parseLong(group(form, word + "M")),
                  Long.parseLong(group(form, word + "N")),
                  Long.parseLong(group(form, word + "D"))));
        }
      }
      return new Contribution(
          group(form, "cluster"),
          group(form, "sector"),
          YearMonth.parse(group(form, "month")),
          shares);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Refused(Refused.Reason.OUT_OF_RANGE, String.valueOf(e.getMessage()));
    }
  }

  private static String signedPart(Contribution contribution, String key) {
    StringBuilder text = new StringBuilder("{\n  \"vigie-contribution\": " + VERSION + ",\n");
    text.append("  \"cluster\": \"" + contribution.cluster() + "\",\n")
        .append("  \"sector\": \"" + contribution.sector() + "\",\n")
        .append("  \"month\": \"" + contribution.month() + "\",\n");
    for (Measure measure : Measure.values()) {
      Share share = contribution.shares().get(measure);
      text.append("  \"" + measure.word() + "\": ")
          .append(
              share == null
                  ? "null"
                  : "{\"machines\": "
                      + share.machines()
                      + ", \"minutes\": "
                      + share.minutes()
                      + ", \"of-minutes\": "
                      + share.ofMinutes()
                      + "}")
          .append(",\n");
    }
    return text.append("  \"key\": \"" + key + "\",\n").toString();
  }

  private static boolean verifies(byte[] text, byte[] open, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(open));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature) && base64(key.getEncoded()).equals(base64(open));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] decoded(String base64) throws Refused {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Reason.CHANGED, base64);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String group(Matcher form, String name) {
    return Objects.requireNonNull(form.group(name));
  }

  private static String start(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
