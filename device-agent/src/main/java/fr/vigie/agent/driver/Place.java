package fr.vigie.agent.driver;

import java.nio.file.Path;

/**
 * What a sensor occupies: a device alone, or a part of a bus that others use in the same manner.
 *
 * @param device such as a port or a chip; the same text for everyone who means the same one
 * @param part of the device, such as a slave's address; empty for all of it
 * @param manner how the whole device is used, such as its baud rate, on which all must agree
 */
public record Place(String device, String part, String manner) {
  /** A device that no other sensor may use. */
  public static Place alone(Path device) {
    return on(device, "");
  }

  /** A part of a bus that can be used in one manner only. */
  public static Place on(Path bus, String part) {
    return new Place(bus.normalize().toString(), part, "");
  }

  /** Whether a sensor here and one there hinder each other, by the same part or another manner. */
  public boolean hinders(Place other) {
    return device.equals(other.device)
        && (part.isEmpty()
            || other.part.isEmpty()
            || part.equals(other.part)
            || !manner.equals(other.manner));
  }

  @Override
  public String toString() {
    return part.isEmpty() ? device : device + ' ' + part;
  }
}
