package fr.vigie.example.machine;

import java.util.List;

/** A machine's file is wrong; the message holds every mistake, one a line. */
public final class MachineFileException extends Exception {
  private static final long serialVersionUID = 1;

  MachineFileException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }
}
