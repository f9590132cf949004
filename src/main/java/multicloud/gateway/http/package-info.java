/**
 * The values every other package speaks in: messages, headers, bodies, paths, the exchange and the failures. No I/O of its own, no configuration.
 */
@NullMarked
package multicloud.gateway.http;

import org.jspecify.annotations.NullMarked;
