package candlestack.analytics.sinks.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BarTest {
    private static final String BAR =
            "{\"symbol\":\"A\",\"interval\":\"1m\",\"time\":\"2026-01-02T03:04:00Z\",\"open\":1,\"high\":2,\"low\":0.5,"
                    + "\"close\":1.5,\"volume\":0,\"trades\":3,\"rsi_14\":55.5,\"later\":1,\"closed\":true}";

    @Test
    void whatIsNotThereIsNoNumberAndWhatIsNotKnownIsLeftOut() throws MalformedRecordException {
        Bar bar = decode(BAR);

        assertThat(bar.value(Bar.FIELDS.indexOf("close"))).isEqualTo(1.5);
        assertThat(bar.value(Bar.FIELDS.indexOf("rsi_14"))).isEqualTo(55.5);
        assertThat(bar.value(Bar.FIELDS.indexOf("vwap"))).isNaN();
        assertThat(bar.value(Bar.FIELDS.indexOf("sma_20"))).isNaN();
        assertThat(bar.closed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrong(String value, String message) {
        assertThatThrownBy(() -> decode(value))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> saysWhatIsWrong() {
        return Stream.of(
                Arguments.of("[]", "expected a JSON object"),
                Arguments.of(BAR.replace("\"symbol\":\"A\"", "\"symbol\":\" \""), "Missing symbol"),
                Arguments.of(BAR.replace("\"symbol\":\"A\"", "\"symbol\":1"), "Invalid symbol: 1, expected a text"),
                Arguments.of(BAR.replace("\"close\":1.5,", ""), "Missing close"),
                Arguments.of(BAR.replace("1.5", "\"x\""), "Invalid close: \"x\", expected a number"),
                Arguments.of(BAR.replace("03:04:00Z", "03:04"), "Invalid time: '2026-01-02T03:04', expected ISO-8601"));
    }

    private static Bar decode(String value) throws MalformedRecordException {
        return Bar.decode(value.getBytes(StandardCharsets.UTF_8));
    }
}
