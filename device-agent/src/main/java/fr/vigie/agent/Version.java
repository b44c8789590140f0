package fr.vigie.agent;

import java.util.Optional;

/** Which build this is. */
final class Version {
  private Version() {}

  static String text() {
    return "vigie-agent "
        + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");
  }
}
