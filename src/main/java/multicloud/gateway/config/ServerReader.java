package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/** Reads an entry of {@code servers}. */
final class ServerReader {
    static final Keys KEYS = Keys.of(
                    "alias",
                    "url",
                    "targets",
                    "cloud",
                    "region",
                    "jurisdiction",
                    "balance",
                    "retry",
                    "breaker",
                    "hedge",
                    "mirror",
                    "timeouts",
                    "allow_private_addresses")
            .later("credentials", "tls");
    static final Keys TARGET = Keys.of("name", "url", "cloud", "region", "jurisdiction", "priority", "weight")
            .later("credentials");

    private static final String EXPECTED_URL = "a URL such as \"https://orders.example.com\"";
    private static final int MOST = 1_000_000;

    private final Timeouts defaults;
    private final Findings findings;

    /** A server as read: what the record has, and where its alias and that of its mirror stand. */
    record Draft(
            ServerConfig config,
            @Nullable Text alias,
            @Nullable Text mirror) {}

    ServerReader(Timeouts defaults, Findings findings) {
        this.defaults = defaults;
        this.findings = findings;
    }

    Draft read(Node value) {
        ObjectReader server = ObjectReader.of(value, KEYS, findings);
        server.require("alias");
        Text alias = server.name("alias");
        String name = alias == null ? "" : alias.value();
        List<TargetConfig> targets = server.has("targets") ? targets(server, name) : List.of(single(server, name));
        ServerConfig config = new ServerConfig(
                name,
                targets,
                TimeoutSettings.read(server, findings).over(defaults),
                server.flag("allow_private_addresses", false),
                new ResilienceReader(server, findings).read(targets.size()));
        Text mirror = server.value("mirror") instanceof Node.Obj object && object.get("server") instanceof Text text
                ? text
                : null;
        return new Draft(config, alias, mirror);
    }

    /** The one target of a server with {@code url}. */
    private TargetConfig single(ObjectReader server, String name) {
        if (server.isComplete() && !server.has("url")) {
            findings.error(Rule.MISSING_KEY, server.offset(), "a server needs a \"url\" or \"targets\"");
        }
        return new TargetConfig(name, url(server), place(server), 0, 1);
    }

    private List<TargetConfig> targets(ObjectReader server, String alias) {
        server.exclude("url", "and \"targets\" exclude each other: remove one of the two");
        for (String key : List.of("cloud", "region", "jurisdiction")) {
            server.exclude(key, "belongs to each of the \"targets\"");
        }
        List<TargetConfig> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : server.someItems("targets")) {
            targets.add(target(item, targets.isEmpty() ? alias : alias + "-" + (targets.size() + 1), names));
        }
        return targets;
    }

    private TargetConfig target(Node item, String otherwise, Set<String> names) {
        ObjectReader target = ObjectReader.of(item, TARGET, findings);
        Text name = target.name("name");
        if (name == null) {
            if (!names.add(otherwise)) {
                findings.error(
                        Rule.DUPLICATE_TARGET,
                        item.offset(),
                        "the name " + Names.quoted(otherwise)
                                + ", which this target has for want of one, is another target's already");
            }
        } else if (!name.isOpaque() && !names.add(name.value())) {
            findings.unfit(
                    name,
                    Rule.DUPLICATE_TARGET,
                    "another name",
                    "the name " + name.shown() + " is another target's already");
        }
        target.require("url");
        return new TargetConfig(
                name == null ? otherwise : name.value(),
                url(target),
                place(target),
                target.integer("priority", 0, MOST, 0),
                target.integer("weight", 1, MOST, 1));
    }

    private BaseUrl url(ObjectReader owner) {
        Text text = owner.text("url", EXPECTED_URL);
        if (text == null || text.isOpaque()) {
            return BaseUrl.unresolved(text == null ? "" : text.value());
        }
        try {
            return BaseUrl.parse(text.value());
        } catch (InvalidUrl e) {
            findings.unfit(text, e.rule(), EXPECTED_URL, e.message());
            return BaseUrl.unresolved("");
        }
    }

    private static Place place(ObjectReader owner) {
        return new Place(
                value(owner.name("cloud")),
                value(owner.name("region")),
                value(owner.jurisdiction(owner.value("jurisdiction"))));
    }

    private static @Nullable String value(@Nullable Text text) {
        return text == null ? null : text.value();
    }
}
