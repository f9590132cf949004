package multicloud.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import multicloud.gateway.http.Handler;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.RequestLog;
import multicloud.gateway.testing.RawClient.Answer;

/** The local server, asked over a raw socket. */
public final class ServerEdge implements Edge {
    private final LocalServer server;

    public ServerEdge(Handler handler, RequestLog log) throws IOException {
        server = LocalServer.start(handler, log, LocalServer.Options.on(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public Answer ask(Ask ask) throws IOException {
        StringBuilder head =
                new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: " + Ask.HOST + "\r\n");
        ask.fields().forEach(field -> head.append(field).append("\r\n"));
        if (ask.body() != null) {
            head.append("Content-Length: ").append(ask.bytes().length).append("\r\n");
        }
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(head.append("\r\n").toString()).send(ask.bytes());
            return ask.method().equals("HEAD") ? client.answerToHead() : client.answer();
        }
    }

    @Override
    public String clientIp() {
        return "127.0.0.1";
    }

    @Override
    public String clientScheme() {
        return "http";
    }

    @Override
    public int clientPort() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
