package multicloud.gateway.lambda;

import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.FailClosedSuite;
import multicloud.gateway.testing.FunctionUrlEdge;

class FunctionUrlFailClosedTest extends FailClosedSuite {
    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) {
        return FunctionUrlEdge.signed(live, accessLog, caller);
    }

    @Override
    protected boolean hasCallers() {
        return true;
    }
}
