package multicloud.gateway.local;

import java.io.IOException;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.SecuritySuite;
import multicloud.gateway.testing.ServerEdge;

class LocalServerSecurityTest extends SecuritySuite {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) throws IOException {
        return new ServerEdge(live, accessLog::write);
    }
}
