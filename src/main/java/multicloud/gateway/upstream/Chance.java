package multicloud.gateway.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Random numbers for choices that nobody needs to be unable to guess (SplitMix64). Safe for use by many threads.
 *
 * <p>Environments that are restored from one snapshot would all go on with the same numbers, so each is seeded anew.
 */
public final class Chance {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final AtomicLong state;

    /** Numbers that are the same for the same seed. */
    public Chance(long seed) {
        state = new AtomicLong(seed);
    }

    /** Numbers of this moment's own. */
    public static Chance ofThisMoment() {
        return new Chance(moment());
    }

    /** Goes on with numbers of this moment's own. */
    void reseed() {
        state.set(moment());
    }

    private static long moment() {
        return mix(System.nanoTime()) ^ mix(System.currentTimeMillis());
    }

    /** A whole number from 0 up to and without the bound, which is above zero. */
    int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    /** A number from 0 up to and without 1. */
    public double share() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    private long next() {
        return mix(state.getAndAdd(GOLDEN));
    }

    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
