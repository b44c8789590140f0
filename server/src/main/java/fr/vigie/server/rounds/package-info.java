/** What the server does again and again on threads of its own. */
@NullMarked
package fr.vigie.server.rounds;

import org.jspecify.annotations.NullMarked;
