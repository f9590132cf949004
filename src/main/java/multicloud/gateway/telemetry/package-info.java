/**
 * What is said about requests and documents: log lines as JSON. Nothing here changes an answer.
 */
@NullMarked
package multicloud.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
