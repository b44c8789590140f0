/** What the owner of a server can set, and the check that names every mistake at once. */
@NullMarked
package fr.vigie.server.settings;

import org.jspecify.annotations.NullMarked;
