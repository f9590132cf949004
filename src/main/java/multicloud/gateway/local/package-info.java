/**
 * The local edge: the same gateway behind a plain HTTP server, and the sink of its log lines. Not part of the function package.
 */
@NullMarked
package multicloud.gateway.local;

import org.jspecify.annotations.NullMarked;
