/**
 * One HTTP call to one origin: connections, stage timeouts, TLS, address rules. Knows nothing of routes, servers or documents.
 */
@NullMarked
package multicloud.gateway.transport;

import org.jspecify.annotations.NullMarked;
