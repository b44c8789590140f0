/** Faults: networks, brokers and servers that fail. */
@NullMarked
package fr.vigie.example.fault.link;

import org.jspecify.annotations.NullMarked;
