/**
 * Where documents come from (inline, file, S3), when their source is looked at again, and the holder of the last good one. What a
 * document means is read elsewhere.
 */
@NullMarked
package multicloud.gateway.source;

import org.jspecify.annotations.NullMarked;
