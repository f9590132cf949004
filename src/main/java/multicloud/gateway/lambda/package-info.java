/**
 * The Lambda edge: function-URL events in, results out.
 */
@NullMarked
package multicloud.gateway.lambda;

import org.jspecify.annotations.NullMarked;
