package fr.vigie.agent.setting;

/** A number of bytes, written as {@code 64KiB} or {@code 256MiB}. */
public record ByteSize(long bytes) {}
