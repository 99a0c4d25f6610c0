package candlestack.local.services;

import java.util.Map;

/** A broker or a store for the time of a test. For one thread. */
public interface TestService extends AutoCloseable {
    /** The settings that lead to it, by their keys in {@code candlestack.yaml}. */
    Map<String, String> settings();

    /**
     * Takes it away as {@code kill -9} does; its data and its address stay. Those that live in the JVM of the test, which
     * are the embedded broker, and the embedded PostgreSQL are stopped instead.
     */
    void kill();

    /**
     * Takes it away as a stop of the stack does; its data and its address stay.
     *
     * @throws IllegalStateException when it does not end well
     */
    void stop();

    /** Brings it back after {@link #kill} or {@link #stop}, and returns when it answers. */
    void start();

    /** Ends it and forgets its data. */
    @Override
    void close();
}
