/**
 * Stand-ins on real sockets that tests of every package may use: upstreams that do what a script says, and certificates. Nothing
 * here knows the gateway.
 */
@NullMarked
package multicloud.gateway.testing;

import org.jspecify.annotations.NullMarked;
