package multicloud.gateway.http;

/** Answers one exchange. Policies wrap it, integrations end it. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
    Response handle(Exchange exchange);
}
