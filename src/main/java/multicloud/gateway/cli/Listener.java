package multicloud.gateway.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import multicloud.gateway.http.Handler;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.RequestLog;

/**
 * Where a command listens.
 *
 * @param host a name or address of this machine
 * @param port 0 takes a free one
 */
record Listener(String host, int port) {

    /** Why there is no server; the message is for a person. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    /** Starts a server there. */
    LocalServer start(Handler handler, RequestLog log) throws Unavailable {
        if (port < 0 || port > 65_535) {
            throw new Unavailable(port + " is no port: they go from 0, for a free one, to 65535");
        }
        try {
            InetAddress address = InetAddress.getAllByName(host)[0];
            return LocalServer.start(handler, log, LocalServer.Options.on(address, port));
        } catch (UnknownHostException e) {
            throw new Unavailable("there is no host \"" + host + "\"");
        } catch (BindException e) {
            throw new Unavailable("cannot listen on " + authority(port) + ": " + reason(e));
        } catch (IOException e) {
            throw new Unavailable("cannot listen on " + authority(port) + ": " + e.getMessage());
        }
    }

    /** The URL of a server that was started here. */
    String url(LocalServer server) {
        return "http://" + authority(server.port());
    }

    private String authority(int actualPort) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + actualPort;
    }

    private static String reason(BindException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("in use")) {
            return "the port is in use; choose another one with --port (or --health-port), or 0 for a free one";
        }
        return message.contains("ermission") ? "ports below 1024 are not for every user" : message;
    }
}
