package candlestack.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigSpecTest {
    private enum Mode {
        STREAM,
        LONG_POLL
    }

    private static final Option<List<String>> SYMBOLS = Option.list("symbols", "What to follow.");
    private static final Option<Duration> INTERVAL = Option.duration(
                    "poll.interval", Duration.ofMillis(250), Duration.ofDays(1), "Time between two polls.")
            .withDefault("10s");
    private static final Option<Mode> MODE =
            Option.choice("mode", Mode.class, "How to ask.").withDefault("long-poll");
    private static final Option<Optional<String>> TOKEN =
            Option.text("token", "Who asks.").secret().optional();
    private static final Option<BigDecimal> SHARE = Option.decimal(
                    "share", BigDecimal.ZERO, BigDecimal.ONE, "How many of them.")
            .withDefault("0.5");
    private static final Option<Long> COUNT =
            Option.number("count", 1, 100, "How many at once.").secret().withDefault("7");
    private static final ConfigSpec SPEC = ConfigSpec.of(SYMBOLS, INTERVAL, MODE, TOKEN, SHARE, COUNT)
            .withRule(config -> config.get(SYMBOLS).size() > config.get(COUNT)
                    ? Optional.of(new ConfigProblem("symbols", "Invalid symbols: more than count"))
                    : Optional.empty());

    @Test
    void givesEachOptionItsOwnType() throws InvalidConfigException {
        Config config = SPEC.bind(Map.of("symbols", "A, B,", "poll.interval", "5m", "token", "t"));

        assertThat(config.get(SYMBOLS)).containsExactly("A", "B");
        assertThat(config.get(INTERVAL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.get(MODE)).isEqualTo(Mode.LONG_POLL);
        assertThat(config.get(TOKEN)).contains("t");
        assertThat(config.get(SHARE)).isEqualByComparingTo("0.5");
        assertThat(config.get(COUNT)).isEqualTo(7L);
    }

    @Test
    void anOptionalOptionThatIsLeftOutIsEmpty() throws InvalidConfigException {
        assertThat(SPEC.bind(Map.of("symbols", "A")).get(TOKEN)).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnceAndNoSecret() {
        Map<String, String> written =
                Map.of("poll.interval", "10", "mode", "push", "share", "2", "count", "hunter2", "simbols", "A");

        InvalidConfigException e = catchThrowableOfType(InvalidConfigException.class, () -> SPEC.bind(written));

        assertThat(e.problems())
                .containsExactly(
                        new ConfigProblem("symbols", "Missing option 'symbols': expected a list such as [a, b]"),
                        new ConfigProblem(
                                "poll.interval",
                                "Invalid poll.interval: '10', expected a duration such as 250ms, 10s, 5m, 1h or 365d, "
                                        + "from 250ms to 1d"),
                        new ConfigProblem("mode", "Invalid mode: 'push', expected one of stream, long-poll"),
                        new ConfigProblem("share", "Invalid share: '2', expected a number from 0 to 1"),
                        new ConfigProblem(
                                "count", "Invalid count: its value (a secret), expected a whole number from 1 to 100"),
                        new ConfigProblem("simbols", "Unknown option 'simbols'"));
    }

    @Test
    void asksRulesOnceEachOptionIsAcceptable() {
        assertThatThrownBy(() -> SPEC.bind(Map.of("symbols", "A,B", "count", "1")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("Invalid symbols: more than count");
    }

    @Test
    void refusesADefaultThatItWouldNotAccept() {
        assertThatThrownBy(() -> Option.number("count", 1, 10, "How many.").withDefault("11"))
                .hasMessage("expected a whole number from 1 to 10");
    }

    @Test
    void aSecretStaysOneWhenItIsOptional() {
        assertThat(TOKEN.isSecret()).isTrue();
        assertThat(Option.text("token", "Who.").optional().secret().isSecret()).isTrue();
        assertThat(TOKEN.isRequired()).isFalse();
    }
}
