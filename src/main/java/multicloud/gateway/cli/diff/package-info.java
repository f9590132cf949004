/**
 * What changes from one document to another, in the words of a gateway: pure, records of the config in, sentences out. Printing them
 * is not done here.
 */
@NullMarked
package multicloud.gateway.cli.diff;

import org.jspecify.annotations.NullMarked;
