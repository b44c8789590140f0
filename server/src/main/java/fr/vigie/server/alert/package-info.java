/** What people asked to be told of: rules, and the alerts that they raise. */
@NullMarked
package fr.vigie.server.alert;

import org.jspecify.annotations.NullMarked;
