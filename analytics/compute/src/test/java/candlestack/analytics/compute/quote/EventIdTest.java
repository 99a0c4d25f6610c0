package candlestack.analytics.compute.quote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    @Test
    void aSequencedIdHasItsStreamAndItsNumber() {
        EventId seventh = parse("replay/btc.csv#7");

        assertThat(seventh.sequenced()).isTrue();
        assertThat(seventh.number()).isEqualTo(7);
        assertThat(seventh.hash())
                .isEqualTo(parse("replay/btc.csv#123456789012345678").hash());
        assertThat(seventh.hash()).isNotEqualTo(parse("replay/eth.csv#7").hash());
        assertThat(parse("a#b#12").hash()).isNotEqualTo(parse("a#12").hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "abc", "abc#", "abc#x1", "123", "abc#1234567890123456789", "abc#-1"})
    void anythingElseIsOnlyItself(String id) {
        assertThat(parse(id).sequenced()).isFalse();
    }

    @Test
    void idsThatDifferHaveHashesThatDiffer() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            hashes.add(parse("id-" + i).hash());
        }
        assertThat(hashes).hasSize(200_000);
    }

    private static EventId parse(String id) {
        return EventId.parse(id.getBytes(UTF_8));
    }
}
