/** A server, agents and a broker that a run starts as processes of its own, and their answers. */
@NullMarked
package fr.vigie.example.installation;

import org.jspecify.annotations.NullMarked;
