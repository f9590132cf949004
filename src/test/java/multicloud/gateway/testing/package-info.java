/**
 * Stand-ins on real sockets that tests of every package may use: upstreams that do what a script says, and certificates; both edges
 * behind one face, and what must hold of either.
 */
@NullMarked
package multicloud.gateway.testing;

import org.jspecify.annotations.NullMarked;
