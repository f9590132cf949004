/**
 * Who sends a request: a proxy in front that may say so, and authorizers, each of which comes to the same {@link
 * multicloud.gateway.http.Identity}, or to why not. What an identity may do is decided elsewhere.
 */
@NullMarked
package multicloud.gateway.auth;

import org.jspecify.annotations.NullMarked;
