/**
 * The local edge: the same gateway behind a plain HTTP server. Not part of the function package.
 */
@NullMarked
package multicloud.gateway.local;

import org.jspecify.annotations.NullMarked;
