package multicloud.gateway.lambda;

import static multicloud.gateway.testing.Ask.get;
import static multicloud.gateway.testing.RawUpstream.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.testing.Edge;
import multicloud.gateway.testing.EdgeTesting;
import multicloud.gateway.testing.FunctionUrlEdge;
import multicloud.gateway.testing.RawClient.Answer;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers behind a function URL of type AWS_IAM, as its events tell them. */
class FunctionUrlIamTest extends EdgeTesting {
    private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/batch/i-1";

    private final Map<String, String> caller = new HashMap<>(Map.of(
            "accessKey", "ASIAIOSFODNN7EXAMPLE",
            "accountId", "123456789012",
            "callerId", "AROACKCEVSQ6C2EXAMPLE:i-1",
            "principalOrgId", "o-a1b2c3d4e5",
            "userArn", SESSION,
            "userId", "AROACKCEVSQ6C2EXAMPLE:i-1"));

    @Override
    protected Edge edge(LiveGateway live, AccessLog accessLog) {
        return FunctionUrlEdge.signed(live, accessLog, caller);
    }

    private static String document(RawUpstream upstream) {
        return """
               { "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d" } ],
                 "authorizer": { "type": "iam", "principals": [ "arn:aws:iam::123456789012:role/batch" ] },
                 "paths": [
                   { "method": "GET", "path": "/a", "auth": true, "integration": { "type": "http", "server": "s" },
                     "mapping": { "headers": { "x-caller": "$request.jwt.sub", "x-account": "$request.jwt.accountId",
                                               "x-signature": "$request.header.authorization" } } },
                   { "method": "GET", "path": "/org", "auth": { "claims": { "principalOrgId": [ "o-1" ] } }, "response": "in" },
                   { "method": "GET", "path": "/scope", "auth": { "scopes": [ "read" ] }, "response": "in" },
                   { "method": "GET", "path": "/open", "integration": { "type": "http", "server": "s" } } ] }
               """.formatted(upstream.port());
    }

    @Test
    void aCallerAmongThePrincipalsIsLetInUnderItsArn() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        assertThat(given(document(upstream)).ask(get("/a", "X-Caller: forged")).status())
                .isEqualTo(200);
        assertThat(upstream.requests().getFirst().fields())
                .contains("x-caller: " + SESSION, "x-account: 123456789012")
                .noneMatch(field -> field.contains("forged"));
        JsonNode line = logged();
        assertThat(line.path("subject").textValue()).isEqualTo(SESSION);
        assertThat(line.path("authorizer").textValue()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:sts::210987654321:assumed-role/batch/i-1",
                "arn:aws:sts::123456789012:assumed-role/other/batch",
                "arn:aws:iam::123456789012:user/batch",
                ""
            })
    void anotherCallerIsKnownAndNotLetIn(String arn) throws Exception {
        caller.put("userArn", arn);
        RawUpstream upstream = upstream(answering(OK));
        Answer answer = given(document(upstream)).ask(get("/a"));
        assertOwn(answer, 403, "principal_refused");
        assertThat(answer.field("www-authenticate")).isNull();
        assertThat(upstream.connections()).isZero();
        assertThat(logged().path("subject").isNull()).isTrue();
    }

    @Test
    void aCallerWithoutAnArnIsNobody() throws Exception {
        caller.put("userArn", null);
        RawUpstream upstream = upstream(answering(OK));
        Answer answer = given(document(upstream)).ask(get("/a"));
        assertOwn(answer, 401, "caller_unknown");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void whatAwsSaysOfTheCallerCanBeDemanded() throws Exception {
        Edge edge = given(document(upstream(answering(OK))));
        assertOwn(edge.ask(get("/org")), 403, "claim_mismatch");
        assertOwn(edge.ask(get("/scope")), 403, "insufficient_scope");
        caller.put("principalOrgId", "o-1");
        assertThat(edge.ask(get("/org")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/open"})
    void theSignatureGoesNowhere(String path) throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        given(document(upstream))
                .ask(get(
                        path + "?a=1&X-Amz-Signature=canary&X-Amz-Security-Token=canary&b=%7e&X-Amz-Credential=canary",
                        "Authorization: AWS4-HMAC-SHA256 Credential=canary",
                        "X-Amz-Date: canary",
                        "X-Amz-Security-Token: canary",
                        "X_Amz_Security_Token: canary",
                        "X-Amz-Content-Sha256: canary"));
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET " + path + "?a=1&b=%7e HTTP/1.1");
        assertThat(String.join("\n", upstream.requests().getFirst().fields())).doesNotContain("canary", "x-signature");
    }

    @Test
    void aTokenBesideASignedQueryGoesOn() throws Exception {
        RawUpstream upstream = upstream(answering(OK));
        given(document(upstream)).ask(get("/open?X-Amz-Signature=canary", "Authorization: Bearer t"));
        assertThat(upstream.requests().getFirst().line()).isEqualTo("GET /open HTTP/1.1");
        assertThat(List.copyOf(upstream.requests().getFirst().fields())).contains("authorization: Bearer t");
    }
}
