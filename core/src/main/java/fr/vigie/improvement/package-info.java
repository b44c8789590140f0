/** What was done to make a machine better, and what it really brought. */
@NullMarked
package fr.vigie.improvement;

import org.jspecify.annotations.NullMarked;
