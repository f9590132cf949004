package multicloud.gateway.upstream;

import multicloud.gateway.transport.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One address a server's requests may go to.
 *
 * @param name for the log
 * @param origin where connections go
 * @param basePath what stands before every request's path, without a trailing slash; empty or beginning with one
 * @param cloud the cloud as the document names it
 * @param region the cloud's region as the document names it
 */
public record Target(
        String name,
        Origin origin,
        String basePath,
        @Nullable String cloud,
        @Nullable String region) {}
