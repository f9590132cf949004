/**
 * The strict readers of HTTP/1.1 that both ends plug into HttpCore, whose own forgive what two readers could take differently: lines,
 * field lines, lengths and chunked content (RFC 9112). No connections, and nothing that is written.
 */
@NullMarked
package multicloud.gateway.http1;

import org.jspecify.annotations.NullMarked;
