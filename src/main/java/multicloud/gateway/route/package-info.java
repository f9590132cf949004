/**
 * Which route of the document takes a request: the route table and what it says of a request. Nothing is called here.
 */
@NullMarked
package multicloud.gateway.route;

import org.jspecify.annotations.NullMarked;
