package fr.vigie.reason;

/**
 * Why a machine stood.
 *
 * @param code what it is known by for ever, such as {@code no-material}
 * @param label what people call it
 */
public record Reason(String code, String label, StopKind kind) {
  public Reason {
    if (code.isBlank() || label.isBlank()) {
      throw new IllegalArgumentException(
          "a reason has a code and a label: found '" + code + "', '" + label + "'");
    }
  }
}
