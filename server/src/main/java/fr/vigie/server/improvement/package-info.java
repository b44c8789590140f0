/** Actions held against what the machines did before and after them. */
@NullMarked
package fr.vigie.server.improvement;

import org.jspecify.annotations.NullMarked;
