package candlestack.local.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Settings;
import candlestack.config.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessingTest {
    private final List<Processing> register = Processing.register(Settings.load(
            Path.of("no-such-file.yaml"), Map.of("CANDLESTACK_RETENTION", "30d", "CANDLESTACK_KAFKA_RETENTION", "3d")));

    @Test
    void namesEveryTopicWithPeopleInIt() {
        List<String> personal = Stream.concat(
                        Stream.of(Topic.VOTES_CAST, Topic.DEAD_LETTERS),
                        Stream.of(Topic.values()).filter(topic -> topic.kind() == Topic.Kind.PERSONAL))
                .map(topic -> "Kafka " + topic.topicName())
                .toList();

        assertThat(register.stream().flatMap(entry -> Stream.of(entry.store().split(", "))))
                .containsAll(personal)
                .contains("PostgreSQL votes.votes", "PostgreSQL votes.voters");
    }

    @Test
    void saysHowLongVotersAndTheirChoicesAreKept() {
        assertThat(of("Kafka votes.voters, PostgreSQL votes.voters").retention())
                .isEqualTo("30 d in Kafka; in PostgreSQL then all but the id and the region is emptied");
        assertThat(of("Kafka votes.cast, Kafka votes.counted, PostgreSQL votes.votes")
                        .retention())
                .isEqualTo("3 d in votes.cast, 30 d in votes.counted; in PostgreSQL as long as the tallies that are"
                        + " counted from it");
    }

    @Test
    void namesTheVotersInTheCheckpoint() {
        assertThat(of("analytics checkpoint").data()).endsWith("of a voter id, region and the vote that counts");
    }

    @Test
    void saysHoursWhereTheyAreNoWholeDays() {
        assertThat(deadLettersKept("12h")).startsWith("12 h in Kafka");
        assertThat(deadLettersKept("90m")).startsWith("2 h in Kafka");
        assertThat(deadLettersKept("36h")).startsWith("36 h in Kafka");
        assertThat(deadLettersKept("48h")).startsWith("2 d in Kafka");
    }

    private static String deadLettersKept(String retention) {
        Settings settings =
                Settings.load(Path.of("no-such-file.yaml"), Map.of("CANDLESTACK_KAFKA_RETENTION", retention));
        return of(Processing.register(settings), "Kafka dead.letters, PostgreSQL pipeline.dead_letters")
                .retention();
    }

    private Processing of(String store) {
        return of(register, store);
    }

    private static Processing of(List<Processing> register, String store) {
        return register.stream()
                .filter(entry -> entry.store().equals(store))
                .findFirst()
                .orElseThrow();
    }
}
