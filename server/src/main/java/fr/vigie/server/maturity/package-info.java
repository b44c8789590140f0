/** The indicators of maturity, put together from everything that the server keeps. */
@NullMarked
package fr.vigie.server.maturity;

import org.jspecify.annotations.NullMarked;
