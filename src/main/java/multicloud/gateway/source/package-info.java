/**
 * Where documents come from, and the holder of the last good one: inline, file, S3; refresh and staleness.
 */
@NullMarked
package multicloud.gateway.source;

import org.jspecify.annotations.NullMarked;
