/**
 * The document as records, and the strict reader that makes them: text in, records or problems out. No files, no network, no environment.
 */
@NullMarked
package multicloud.gateway.config;

import org.jspecify.annotations.NullMarked;
