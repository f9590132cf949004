package multicloud.gateway.config;

import java.util.Map;
import java.util.Set;

/** Tells those who bring a document of Serverless API Gateway what becomes of its parts that are not supported yet. */
final class Migration {
    private static final String PAGE = ": see docs/migrating-from-serverless-api-gateway.md";
    private static final String BINDING = ", and a \"binding\" will be a Lambda function, not a Worker";

    private static final Set<String> BROUGHT_ALONG = Set.of(
            "services",
            "serviceBindings",
            "servicesBindings",
            "pre_process",
            "post_process",
            "service",
            "service_binding");

    /** What has to be edited once it is supported, or stands in for it until then. */
    private static final Map<String, String> EDITS = Map.of(
            "services",
            ", and an \"entrypoint\" will be a Java class, not a script",
            "serviceBindings",
            BINDING,
            "servicesBindings",
            BINDING);

    private Migration() {}

    /** What to say behind a key, a type of integration or a type of authorizer that is not supported yet; nothing for others. */
    static String hint(String name) {
        return BROUGHT_ALONG.contains(name) ? EDITS.getOrDefault(name, "") + PAGE : "";
    }
}
