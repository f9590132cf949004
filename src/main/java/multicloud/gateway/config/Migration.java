package multicloud.gateway.config;

import java.util.Set;

/** Points those who bring a document of Serverless API Gateway to the page about moving over. */
final class Migration {
    private static final Set<String> BROUGHT_ALONG = Set.of(
            "services",
            "serviceBindings",
            "servicesBindings",
            "pre_process",
            "service",
            "service_binding",
            "auth0",
            "auth0_callback",
            "auth0_userinfo",
            "auth0_callback_redirect",
            "auth0_refresh",
            "supabase",
            "supabase_passwordless_auth",
            "supabase_passwordless_verify",
            "supabase_passwordless_auth_alt");

    private Migration() {}

    /** What to say behind a key, a type of integration or a type of authorizer that is not supported yet; nothing for others. */
    static String pointer(String name) {
        return BROUGHT_ALONG.contains(name) ? ": see docs/migrating-from-serverless-api-gateway.md" : "";
    }
}
