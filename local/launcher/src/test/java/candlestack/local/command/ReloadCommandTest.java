package candlestack.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReloadCommandTest {
    private static final Instant SIGNALLED = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void theNextReadingIsTheAnswer() throws Exception {
        assertThat(ReloadCommand.answers(host(7, "2026-03-02T09:00:00.000Z"), 7, SIGNALLED))
                .isFalse();
        assertThat(ReloadCommand.answers(host(8, "2026-03-02T10:00:00.000Z"), 7, SIGNALLED))
                .isTrue();
    }

    @Test
    void aHostThatWasStartedAgainMeanwhileAnswersToo() throws Exception {
        assertThat(ReloadCommand.answers(host(0, "2026-03-02T10:00:02.000Z"), 7, SIGNALLED))
                .isTrue();
    }

    private static JsonNode host(long count, String time) throws Exception {
        return new ObjectMapper().readTree("{\"configuration\":{\"count\":" + count + ",\"time\":\"" + time + "\"}}");
    }
}
