/**
 * The composition root: a compiled document becomes one function from an exchange to a response. Nothing else lives here.
 */
@NullMarked
package multicloud.gateway;

import org.jspecify.annotations.NullMarked;
