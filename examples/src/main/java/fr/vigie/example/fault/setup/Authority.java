package fr.vigie.example.fault.setup;

import fr.vigie.example.host.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An authority for certificates, in a folder of its own, by OpenSSL. */
final class Authority {
  private static final String CONFIGURATION =
      """
      [ca]
      default_ca = authority
      [authority]
      dir = %s
      database = $dir/issued
      new_certs_dir = $dir
      serial = $dir/serial
      certificate = $dir/authority.pem
      private_key = $dir/authority.key
      default_md = sha256
      default_days = 30
      default_crl_days = 30
      policy = any
      copy_extensions = copy
      unique_subject = no
      [any]
      commonName = supplied
      [req]
      distinguished_name = name
      [name]
      [root]
      basicConstraints = critical,CA:true
      keyUsage = critical,keyCertSign,cRLSign
      subjectKeyIdentifier = hash
      """;

  private final Path folder;

  Authority(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder).toAbsolutePath();
    Files.writeString(file("openssl.cnf"), String.format(CONFIGURATION, this.folder));
    Files.writeString(file("issued"), "");
    Files.writeString(file("serial"), "01\n");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=vigie-fault -extensions root -keyout",
        file("authority.key"),
        "-out",
        certificate());
  }

  /**
   * Issues a certificate.
   *
   * @param host such as {@code IP:127.0.0.1} or {@code DNS:broker}
   * @param validity options such as {@code -startdate 20200101000000Z -enddate 20200201000000Z};
   *     empty for from now on
   */
  Identity issue(String name, String host, String validity) throws IOException {
    Path request = file(name + ".csr");
    Identity identity = new Identity(file(name + ".pem"), file(name + ".key"));
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN="
            + name
            + " -addext subjectAltName="
            + host
            + " -keyout",
        identity.key(),
        "-out",
        request);
    openssl("ca -batch -notext " + validity + " -in", request, "-out", identity.certificate());
    return identity;
  }

  void revoke(Identity identity) throws IOException {
    openssl("ca -revoke", identity.certificate());
  }

  /** The authority's own certificate, followed by its list of what it revoked. */
  Path withRevocations() throws IOException {
    Path list = file("revocations.pem");
    openssl("ca -gencrl -out", list);
    return Files.writeString(
        file("trust.pem"), Files.readString(certificate()) + Files.readString(list));
  }

  private Path certificate() {
    return file("authority.pem");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * @param words the command and its options, followed by files
   */
  private void openssl(String words, Object... files) throws IOException {
    List<String> all =
        Stream.concat(Stream.of(words.strip().split(" +")), Stream.of(files).map(Object::toString))
            .toList();
    Program.run(
        "openssl",
        Stream.of(
                all.subList(0, 1).stream(),
                Stream.of("-config", file("openssl.cnf").toString()),
                all.subList(1, all.size()).stream())
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  /** What a server shows of itself, and the key that proves it. */
  record Identity(Path certificate, Path key) {}
}
