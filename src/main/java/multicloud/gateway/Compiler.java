package multicloud.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.TrustedProxy;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.CorsConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.GatewayConfig.General;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.IntegrationConfig;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.Resilience.Mirror;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.config.TrustedProxyConfig;
import multicloud.gateway.integration.FixedAnswer;
import multicloud.gateway.integration.Integration;
import multicloud.gateway.integration.LoggingIn;
import multicloud.gateway.integration.Mirroring;
import multicloud.gateway.integration.Proxying;
import multicloud.gateway.integration.Upstream;
import multicloud.gateway.integration.UpstreamPath;
import multicloud.gateway.integration.UpstreamRequest;
import multicloud.gateway.mapping.HeaderMapping;
import multicloud.gateway.mapping.QueryMapping;
import multicloud.gateway.policy.Authentication;
import multicloud.gateway.policy.BodyLimit;
import multicloud.gateway.policy.Cors;
import multicloud.gateway.policy.Policies;
import multicloud.gateway.policy.Residency;
import multicloud.gateway.policy.ResponseMapping;
import multicloud.gateway.policy.ServerTiming;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.upstream.Jurisdictions;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;
import org.jspecify.annotations.Nullable;

/** Compiles the paths of one document, and what they share. Used by one thread. */
final class Compiler {
    private final GatewayConfig config;
    private final Lasting lasting;
    private final Identification identification;
    private final General general;
    private final @Nullable Cors cors;
    private final Map<String, ServerConfig> serverConfigs = new HashMap<>();
    private final Semaphore repeatedBodies =
            BodyLimit.places(Runtime.getRuntime().maxMemory());
    private final Map<Allowed, Server> servers = new HashMap<>();
    private final Map<String, AuthorizerConfig> authorizerConfigs = new HashMap<>();
    private final Map<String, Authorizer> authorizers = new HashMap<>();

    /** A server as a path may use it: all of it, or what lies in some jurisdictions. */
    private record Allowed(String alias, @Nullable List<String> residency) {}

    Compiler(GatewayConfig config, Lasting lasting, Identification identification) {
        this.config = config;
        this.lasting = lasting;
        this.identification = identification;
        this.general = config.general();
        this.cors = general.cors() == null ? null : new Cors(general.cors());
        config.servers().forEach(server -> serverConfigs.put(server.alias(), server));
        config.authorizers().forEach(authorizer -> authorizerConfigs.put(authorizer.alias(), authorizer));
    }

    /** Of the answers that are no path's. */
    @Nullable
    Cors cors() {
        return cors;
    }

    /** Whose word on who asks is taken; null for nobody's. */
    @Nullable
    TrustedProxy proxy() {
        TrustedProxyConfig proxy = general.trustedProxy();
        return proxy == null ? null : new TrustedProxy(proxy);
    }

    /** Those that the paths compiled so far need. */
    List<Authorizer> authorizers() {
        return List.copyOf(authorizers.values());
    }

    /** Those that the paths compiled so far use. */
    Collection<Server> servers() {
        return servers.values();
    }

    /** Reading this method is reading the gateway. */
    CompiledRoute compile(PathConfig path) {
        PathPattern pattern = path.route().pattern();
        PathConfig.PolicyConfig own = path.policies();
        Integration integration = switch (path.integration()) {
            case HttpProxy proxy -> proxying(path, proxy);
            case LoginStep step -> loggingIn(step);
            case SupabaseStep step ->
                new LoggingIn(
                        "supabase",
                        "POST",
                        step.url() == null ? "$env.SUPABASE_URL" : step.url().toString(),
                        identification.step(step));
            case StaticAnswer answer -> new FixedAnswer(answer);
        };
        Policies policies = new Policies(
                general.serverTiming() ? new ServerTiming() : null,
                cors(own.access().cors()),
                residency(own.access().residency()),
                authentication(own.access().auth()),
                new BodyLimit(
                        own.bodyLimit(),
                        own.timeouts().total(),
                        isRepeated(path.integration()) ? repeatedBodies : null),
                new ResponseMapping(HeaderMapping.of(own.mapping().responseHeaders(), pattern)));
        return CompiledRoute.of(path, policies, integration);
    }

    private Integration loggingIn(LoginStep step) {
        if (!(named(authorizerConfigs, step.authorizer()) instanceof Login login)) {
            throw new IllegalArgumentException("nobody logs in with " + step.authorizer());
        }
        boolean form = step.step() == Step.CALLBACK || step.step() == Step.REFRESH;
        return new LoggingIn(
                step.authorizer(),
                form ? "POST" : "GET",
                login.login().provider().address().toString(),
                identification.step(step.step(), login));
    }

    private Integration proxying(PathConfig path, HttpProxy proxy) {
        PathPattern pattern = path.route().pattern();
        MappingConfig mapping = path.policies().mapping();
        UpstreamRequest requests = new UpstreamRequest(
                UpstreamPath.of(pattern, proxy.rewrite()),
                QueryMapping.of(mapping.query(), pattern),
                HeaderMapping.of(config.headersOf(path), pattern));
        ServerConfig server = named(serverConfigs, proxy.server());
        Integration proxying = new Proxying(upstream(server, requests, path));
        Mirror mirror = server.resilience().mirror();
        if (mirror == null) {
            return proxying;
        }
        ServerConfig mirrored = named(serverConfigs, mirror.server());
        Upstream copy = new Upstream(
                server(mirrored, path.policies().access().residency()),
                requests,
                mirrored.timeouts(),
                lasting.transport());
        return copy.server().targets().isEmpty()
                ? proxying
                : new Mirroring(
                        proxying, copy, mirror.share(), lasting.targets().chance());
    }

    private Upstream upstream(ServerConfig config, UpstreamRequest requests, PathConfig path) {
        Server server = server(config, path.policies().access().residency());
        return new Upstream(server, requests, path.policies().timeouts(), lasting.transport());
    }

    /** The server as a path with that residency may use it; paths that may use the same share what is known of its turns. */
    private Server server(ServerConfig config, @Nullable List<String> residency) {
        return servers.computeIfAbsent(new Allowed(config.alias(), residency), allowed -> {
            List<Target> targets = new ArrayList<>();
            for (TargetConfig target : config.targets()) {
                if (residency == null || isWithin(target.place().jurisdiction(), residency)) {
                    targets.add(target(config, target));
                }
            }
            return new Server(config.alias(), targets, config.resilience(), lasting.targets());
        });
    }

    private static boolean isWithin(@Nullable String jurisdiction, List<String> residency) {
        return jurisdiction != null && residency.contains(jurisdiction);
    }

    private Target target(ServerConfig server, TargetConfig target) {
        BaseUrl url = target.url();
        AddressRule addresses =
                url.literal() || server.allowPrivateAddresses() ? AddressRule.PRIVATE : AddressRule.PUBLIC;
        Target.Address address =
                new Target.Address(new Origin(url.secure(), url.host(), url.port(), addresses), url.path());
        return lasting.targets().target(target, address, server.resilience().breaker());
    }

    private @Nullable Residency residency(@Nullable List<String> allowed) {
        return allowed == null
                ? null
                : new Residency(allowed, Jurisdictions.of(lasting.region(), general.jurisdictions()));
    }

    private boolean isRepeated(IntegrationConfig integration) {
        return integration instanceof HttpProxy proxy
                && named(serverConfigs, proxy.server()).resilience().retry() != null;
    }

    private @Nullable Cors cors(@Nullable CorsConfig config) {
        return config == null ? null : config.equals(general.cors()) ? cors : new Cors(config);
    }

    /** Only what some path needs is made: the library behind an authorizer takes long to load. */
    private @Nullable Authentication authentication(@Nullable AuthConfig config) {
        if (config == null) {
            return null;
        }
        Authorizer authorizer = authorizers.computeIfAbsent(
                config.authorizer(), alias -> identification.authorizer(named(authorizerConfigs, alias)));
        return new Authentication(authorizer, config);
    }

    private static <T> T named(Map<String, T> things, String alias) {
        T thing = things.get(alias);
        if (thing == null) {
            throw new UndecidedException(alias);
        }
        return thing;
    }
}
