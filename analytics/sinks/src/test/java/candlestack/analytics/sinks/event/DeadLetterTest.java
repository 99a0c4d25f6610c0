package candlestack.analytics.sinks.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    @Test
    void readsALetter() {
        DeadLetter letter = DeadLetter.decode(record(
                "{\"origin\":\"btc\",\"reason\":\"no price\",\"time\":\"2026-01-02T03:04:05.006Z\",\"raw\":\"YQ==\"}"));

        assertThat(letter.id()).isEqualTo("dead.letters/0/7");
        assertThat(letter.origin()).isEqualTo("btc");
        assertThat(letter.reason()).isEqualTo("no price");
        assertThat(letter.time()).isEqualTo(Instant.parse("2026-01-02T03:04:05.006Z"));
        assertThat(letter.text()).contains("a");
    }

    @Test
    void aLetterThatIsSentAgainHasItsIdAgain() {
        ConsumerRecord<byte[], byte[]> record = record("{}");
        record.headers().add("source", utf8("btc")).add("event-id", utf8("file#3"));

        assertThat(DeadLetter.decode(record).id()).isEqualTo("btc/file#3");
    }

    @Test
    void aLetterThatCannotBeReadIsKeptAsItCame() {
        DeadLetter letter = DeadLetter.decode(record("oops"));

        assertThat(letter.origin()).isEqualTo("dead.letters");
        assertThat(letter.reason()).startsWith("Cannot read the dead letter: it is no JSON");
        assertThat(letter.time()).isEqualTo(Instant.ofEpochMilli(1000));
        assertThat(letter.text()).contains("oops");
    }

    @Test
    void bytesThatAreNoTextHaveNone() {
        assertThat(DeadLetter.decode(record(raw("/w=="))).text()).isEmpty();
        assertThat(DeadLetter.decode(record(raw("YQBi"))).text()).isEmpty();
    }

    private static String raw(String base64) {
        return "{\"origin\":\"o\",\"reason\":\"r\",\"time\":\"2026-01-02T03:04:05Z\",\"raw\":\"" + base64 + "\"}";
    }

    private static ConsumerRecord<byte[], byte[]> record(String value) {
        return new ConsumerRecord<>(
                "dead.letters",
                0,
                7,
                1000,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                utf8(value),
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
