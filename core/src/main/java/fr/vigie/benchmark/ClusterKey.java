package fr.vigie.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.time.YearMonth;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which a company signs in one cluster and one month: made from its secret, so that it
 * is the same each time, and no two of them can be told to belong together without that secret.
 */
final class ClusterKey {
  private final KeyPair pair;

  private ClusterKey(KeyPair pair) {
    this.pair = pair;
  }

  /**
   * @param secret at least 32 random bytes that only one company knows
   */
  static ClusterKey of(byte[] secret, String cluster, YearMonth month) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("a secret has at least 32 bytes, found " + secret.length);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] seed =
          mac.doFinal(
              ("vigie-contribution-key 1\n" + cluster + '\n' + month + '\n')
                  .getBytes(StandardCharsets.UTF_8));
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      return new ClusterKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519 or no HMAC", e);
    }
  }

  PublicKey open() {
    return pair.getPublic();
  }

  byte[] sign(byte[] text) {
    try {
      PrivateKey key = pair.getPrivate();
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }

  /**
   * Gives the seed of a private key, which is all that the generator asks for (RFC 8032, 5.1.5).
   */
  private static final class Fixed extends SecureRandom {
    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("a key of Ed25519 is made from " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
