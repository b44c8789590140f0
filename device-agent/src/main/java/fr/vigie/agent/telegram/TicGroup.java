package fr.vigie.agent.telegram;

import java.util.Optional;

/**
 * One group of a meter's customer information (TIC), its checksum verified.
 *
 * @param date the group's own date as the meter writes it
 * @param data may be empty, and may begin or end with spaces
 */
public record TicGroup(String label, Optional<String> date, String data) {}
