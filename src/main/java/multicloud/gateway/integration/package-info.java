/**
 * What a route ends in: a fixed answer, or a call to a server, with the request that is made of the client's; and what either would be,
 * for a request that is only asked about.
 */
@NullMarked
package multicloud.gateway.integration;

import org.jspecify.annotations.NullMarked;
