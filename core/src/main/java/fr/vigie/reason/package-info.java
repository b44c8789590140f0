/** Why a machine stood: kinds of stop after NF E60-182, reasons, and what they are laid upon. */
@NullMarked
package fr.vigie.reason;

import org.jspecify.annotations.NullMarked;
