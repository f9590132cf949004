package multicloud.gateway.local;

import java.io.IOException;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.FailClosedSuite;
import multicloud.gateway.testing.ServerEdge;

class LocalServerFailClosedTest extends FailClosedSuite {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) throws IOException {
        return new ServerEdge(live, accessLog::write);
    }

    @Override
    protected boolean hasCallers() {
        return false;
    }
}
