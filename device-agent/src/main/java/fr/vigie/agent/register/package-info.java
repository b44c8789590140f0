/** What lies in a device's registers, and the few questions that read them. */
@NullMarked
package fr.vigie.agent.register;

import org.jspecify.annotations.NullMarked;
