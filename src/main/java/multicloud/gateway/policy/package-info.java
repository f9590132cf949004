/**
 * What wraps a route's integration, one concern each, and the one list of them.
 */
@NullMarked
package multicloud.gateway.policy;

import org.jspecify.annotations.NullMarked;
