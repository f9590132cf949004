/**
 * What becomes of a request, decided before anything answers: the router, which reads its path and tells preflights, and the route
 * table. Nothing is called here.
 */
@NullMarked
package multicloud.gateway.route;

import org.jspecify.annotations.NullMarked;
