/** Whether a process is as it was, and whether it is good enough: charts and capability. */
@NullMarked
package fr.vigie.statistics.control;

import org.jspecify.annotations.NullMarked;
