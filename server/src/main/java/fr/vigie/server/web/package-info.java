/** What a browser or another program asks of the server: the page and the REST interface. */
@NullMarked
package fr.vigie.server.web;

import org.jspecify.annotations.NullMarked;
