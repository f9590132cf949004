/**
 * What a route ends in: a call to a server, or a fixed answer.
 */
@NullMarked
package multicloud.gateway.integration;

import org.jspecify.annotations.NullMarked;
