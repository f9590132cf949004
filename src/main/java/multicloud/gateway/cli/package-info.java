/**
 * The command line: Main and one class per command. Not part of the function package.
 */
@NullMarked
package multicloud.gateway.cli;

import org.jspecify.annotations.NullMarked;
