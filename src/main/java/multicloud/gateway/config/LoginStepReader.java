package multicloud.gateway.config;

import java.util.List;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.Step;
import org.jspecify.annotations.Nullable;

/** Reads an integration that is a step of a login. */
final class LoginStepReader {
    static final Keys KEYS = Keys.of("type", "authorizer").later("post_process");
    static final List<String> AUTH0 =
            List.of("auth0_callback", "auth0_userinfo", "auth0_callback_redirect", "auth0_refresh");
    static final List<String> OIDC = List.of("oidc_login", "oidc_callback", "oidc_userinfo", "oidc_refresh");

    private final Findings findings;

    /**
     * A step as read.
     *
     * @param offset where the authorizer is said, else where the integration begins
     * @param authorizer the alias as written; null where it is the default one's
     * @param kind the type its authorizer must have
     */
    record Draft(LoginStep config, int offset, @Nullable Text authorizer, String kind) {}

    LoginStepReader(Findings findings) {
        this.findings = findings;
    }

    /** Whether the integration is such a step; its type is written out, since others have other keys. */
    static boolean takes(@Nullable Node integration) {
        return integration instanceof Node.Obj object
                && object.get("type") instanceof Text type
                && type.origin() == null
                && (AUTH0.contains(type.value()) || OIDC.contains(type.value()));
    }

    Draft read(Node integration) {
        ObjectReader step = ObjectReader.of(integration, KEYS, findings);
        Text type = step.text("type");
        String name = type == null ? "" : type.value();
        Text authorizer = step.name("authorizer");
        return new Draft(
                new LoginStep(name, step(name), authorizer == null ? AuthorizerConfig.DEFAULT : authorizer.value()),
                authorizer == null ? step.offset() : authorizer.offset(),
                authorizer,
                AUTH0.contains(name) ? "auth0" : "oidc");
    }

    private static Step step(String type) {
        return switch (type) {
            case "auth0_callback", "oidc_callback" -> Step.CALLBACK;
            case "auth0_userinfo", "oidc_userinfo" -> Step.USERINFO;
            case "auth0_refresh", "oidc_refresh" -> Step.REFRESH;
            default -> Step.LOGIN;
        };
    }
}
