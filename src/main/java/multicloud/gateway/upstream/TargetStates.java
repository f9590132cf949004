package multicloud.gateway.upstream;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all targets, beyond one document: a target that stays in the next one with the same settings keeps its breaker and
 * its speed. It is the knowledge of one execution environment alone, and nothing of it survives a snapshot. Safe for use by many
 * threads.
 */
public final class TargetStates {
    private final InstantSource clock;
    private final Chance chance;
    private final Map<Key, TargetState> states = new ConcurrentHashMap<>();
    private final AtomicInteger lives = new AtomicInteger();

    /** What makes a target the same in another document. */
    record Key(Target.Address address, @Nullable Breaker breaker) {}

    /** @param clock the wall clock */
    public TargetStates(InstantSource clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** With the machine's clock, and choices of this moment's own. */
    public static TargetStates system() {
        return new TargetStates(InstantSource.system(), Chance.ofThisMoment());
    }

    /** The target of a document, with what is known of it. */
    public Target target(TargetConfig config, Target.Address address, @Nullable Breaker breaker) {
        Place place = config.place();
        return new Target(
                config.name(),
                address,
                new Target.Place(place.cloud(), place.region(), place.jurisdiction()),
                new Target.Turn(config.priority(), config.weight()),
                states.computeIfAbsent(new Key(address, breaker), unknown -> new TargetState(unknown.breaker())));
    }

    /** Milliseconds of the wall clock. */
    public long now() {
        return clock.millis();
    }

    /** Lets go of what is known of targets that are none of these servers'. */
    public void retain(Collection<Server> servers) {
        Set<TargetState> known = Collections.newSetFromMap(new IdentityHashMap<>());
        servers.forEach(server -> server.targets().forEach(target -> known.add(target.state())));
        states.values().retainAll(known);
    }

    /** Random numbers for choices. */
    public Chance chance() {
        return chance;
    }

    /** Which life of the environment it is: another one begins where a snapshot is restored. */
    int life() {
        return lives.get();
    }

    /** Forgets everything, before a snapshot is taken or after it was restored. */
    public void forget() {
        states.values().forEach(TargetState::reset);
        chance.reseed();
        lives.incrementAndGet();
    }
}
