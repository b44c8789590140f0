/** What devices say on a line: bytes to telegrams and values. Pure, and public for the fuzzer. */
@NullMarked
package fr.vigie.agent.telegram;

import org.jspecify.annotations.NullMarked;
