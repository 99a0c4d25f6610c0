package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all instances of this process share when they ask one place, since Yahoo counts by address: the budget, the
 * circuit breaker, and a hold that one of them was given. Safe to use from any thread.
 */
final class Limits {
    static final Duration OPEN = Duration.ofMinutes(1);

    private static final Map<URI, Limits> BY_PLACE = new ConcurrentHashMap<>();

    private final RateBudget budget = new RateBudget();
    private final CircuitBreaker breaker;
    private Instant hold = Instant.MIN;

    Limits(Clock clock) {
        this.breaker = CircuitBreaker.of("yahoo", configuration(clock));
    }

    static Limits of(URI place, Clock clock) {
        requireNonNull(clock, "clock is null");
        return BY_PLACE.computeIfAbsent(place, ignored -> new Limits(clock));
    }

    RateBudget budget() {
        return budget;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    synchronized void holdUntil(Instant until) {
        if (until.isAfter(hold)) {
            hold = until;
        }
    }

    synchronized Instant hold() {
        return hold;
    }

    /** Opens when half of the last ten requests failed, and lets one through a minute later. */
    private static CircuitBreakerConfig configuration(Clock clock) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(10)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
    }
}
