/**
 * Who sends a request: authorizers, each of which comes to the same {@link multicloud.gateway.http.Identity}, or to why not. What an
 * identity may do is decided elsewhere.
 */
@NullMarked
package multicloud.gateway.auth;

import org.jspecify.annotations.NullMarked;
