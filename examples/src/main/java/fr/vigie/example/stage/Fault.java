package fr.vigie.example.stage;

import java.io.IOException;

/** One fault of the list: how it is made, and what must hold then. */
public interface Fault {
  Sheet sheet();

  /**
   * Makes the fault and tells the stage what was done, seen and expected. Everything that was
   * started on the stage is cleared away by it.
   *
   * @throws IOException when the fault could not be made, or the product did not bear it
   * @throws NotRun when this machine, or the product as it is, cannot have this fault
   */
  void play(Stage stage) throws IOException, InterruptedException, NotRun;
}
