package fr.vigie.server.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets are read from their files at each use and kept nowhere. */
final class Secrets {
  private static final String PREFIX = "whsec_";

  private Secrets() {}

  static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("").strip();
    }
  }

  /**
   * The signature of the Standard Webhooks specification: {@code v1,} and the HMAC-SHA256 of id,
   * seconds and body in base64.
   *
   * @param secret {@code whsec_} and the key in base64
   * @param seconds since 1970, when it is sent
   */
  static String signature(String secret, String id, long seconds, String body) throws IOException {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = id + '.' + seconds + '.' + body;
      byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("the file of the webhook's key does not hold one");
    }
  }
}
