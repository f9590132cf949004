/**
 * What a path's mapping makes of a request's fields and an answer's: its values compiled once, and the three kinds of fields they
 * are set in. Nothing here knows where the request goes.
 */
@NullMarked
package multicloud.gateway.mapping;

import org.jspecify.annotations.NullMarked;
