/**
 * What a document would answer to requests of a log. Nothing is called and nothing printed here.
 */
@NullMarked
package multicloud.gateway.cli.replay;

import org.jspecify.annotations.NullMarked;
