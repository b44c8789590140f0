package fr.vigie.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509CertSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose word is taken for who a broker is: the certificates of a PEM file. Revocation lists in the
 * same file are heeded; then every authority's list must be there and in force.
 */
public final class Authorities {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN (CERTIFICATE|X509 CRL)-----.*?-----END \\1-----");

  private Authorities() {}

  /**
   * Sockets that connect only to whom these authorities vouch for. The host's name is for the user
   * of the socket to check, as Paho does.
   *
   * @throws IOException when the file cannot be read or holds no certificate
   */
  public static SSLSocketFactory sockets(Path pem) throws IOException {
    List<CRL> revoked = new ArrayList<>();
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      KeyStore known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      Matcher blocks = BLOCK.matcher(Files.readString(pem));
      while (blocks.find()) {
        ByteArrayInputStream block =
            new ByteArrayInputStream(blocks.group().getBytes(StandardCharsets.US_ASCII));
        if (blocks.group(1).equals("CERTIFICATE")) {
          known.setCertificateEntry(
              Integer.toString(known.size()), x509.generateCertificate(block));
        } else {
          revoked.add(x509.generateCRL(block));
        }
      }
      if (known.size() == 0) {
        throw new IOException(
            pem + " holds no certificate; wanted a PEM file with the authority's");
      }
      PKIXBuilderParameters rules = new PKIXBuilderParameters(known, new X509CertSelector());
      rules.setRevocationEnabled(!revoked.isEmpty());
      rules.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked)));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(new CertPathTrustManagerParameters(rules));
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " is no PEM file of certificates: " + e.getMessage(), e);
    }
  }

  /** Why no secure connection came about, in words for people; empty when that was not it. */
  public static Optional<String> problem(Throwable why) {
    Optional<String> found = Optional.empty();
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
        found = Optional.of(words(cause)).filter(words -> !words.isEmpty()).or(kept(found, cause));
      }
    }
    return found;
  }

  private static Supplier<Optional<String>> kept(Optional<String> before, Throwable cause) {
    return () -> before.or(() -> Optional.of(String.valueOf(cause.getMessage())));
  }

  private static String words(Throwable cause) {
    String said = " (" + cause.getMessage() + ")";
    if (cause instanceof CertificateExpiredException) {
      return "its certificate has expired" + said + ": renew it, if this board's clock is right";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "its certificate is not valid yet" + said + ": is this board's clock right?";
    }
    if (cause instanceof CertificateRevokedException) {
      return "its certificate was revoked" + said;
    }
    if (cause instanceof CertPathBuilderException
        || (cause instanceof CertPathValidatorException path
            && path.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
      return "its certificate is of no authority that is believed here" + said;
    }
    if (cause instanceof CertPathValidatorException path
        && path.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
      return "its authority's revocation list is missing or too old" + said;
    }
    return cause.getClass() == CertificateException.class
        ? "its certificate is of another host" + said
        : "";
  }
}
