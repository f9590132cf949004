package multicloud.gateway.lambda;

import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.EdgeContract;
import multicloud.gateway.testing.FunctionUrlEdge;

class FunctionUrlEdgeTest extends EdgeContract {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) {
        return new FunctionUrlEdge(live, accessLog);
    }
}
