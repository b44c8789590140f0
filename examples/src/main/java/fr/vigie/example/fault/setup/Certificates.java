package fr.vigie.example.fault.setup;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;

/** F26: a certificate is expired, not valid yet, of another host, or revoked. */
public final class Certificates implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        26,
        "wrong certificates",
        "No connection is made to a server that does not prove who it is, and the message says"
            + " why.");
  }

  @Override
  public void play(Stage stage) throws NotRun {
    throw new NotRun("encrypted connections are not built yet");
  }
}
