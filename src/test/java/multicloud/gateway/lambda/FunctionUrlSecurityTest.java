package multicloud.gateway.lambda;

import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.FunctionUrlEdge;
import multicloud.gateway.testing.SecuritySuite;

class FunctionUrlSecurityTest extends SecuritySuite {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) {
        return new FunctionUrlEdge(live, accessLog);
    }
}
