/** What strangers say in JSON, and the keys and algorithms that tokens are signed with (RFC 7515, 7517, 7518, 8037). */
@NullMarked
package multicloud.gateway.jose;

import org.jspecify.annotations.NullMarked;
