/**
 * Servers and their targets: which target takes an attempt, and what is sent to it.
 */
@NullMarked
package multicloud.gateway.upstream;

import org.jspecify.annotations.NullMarked;
