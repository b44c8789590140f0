package fr.vigie.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the server, as its archive says it. */
final class Version implements IVersionProvider {
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"vigie-server " + text()};
  }
}
