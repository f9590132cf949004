/** Faults of clouds, and what a client gets while they last. */
@NullMarked
package multicloud.gateway.faults;

import org.jspecify.annotations.NullMarked;
