package candlestack.viewer.stub;

/** A price that moves like one and is a function of its name and the time: the same question has the same answer. */
final class Wave {
    private final double base;
    private final double phase;

    Wave(String name) {
        int hash = Math.floorMod(name.hashCode() * 31 + 17, 10_000);
        base = 20 + hash % 480;
        phase = hash / 7.0;
    }

    double at(long millis) {
        double minutes = millis / 60_000.0 + phase * 97;
        double move = 0.02 * Math.sin(minutes / 173)
                + 0.012 * Math.sin(minutes / 47 + phase)
                + 0.006 * Math.sin(minutes / 11.3 + 2 * phase)
                + 0.0025 * Math.sin(minutes / 2.9)
                + 0.0015 * noise(millis / 1000);
        return base * (1 + move);
    }

    /** Between -1 and 1, without a pattern that an eye would find. */
    double noise(long step) {
        long mixed = (step + Math.round(phase * 1000)) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 32;
        return (mixed >>> 11) / (double) (1L << 52) - 1;
    }
}
