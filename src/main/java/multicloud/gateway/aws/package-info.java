/**
 * One small signed call to an AWS service, over the gateway's own transport.
 */
@NullMarked
package multicloud.gateway.aws;

import org.jspecify.annotations.NullMarked;
