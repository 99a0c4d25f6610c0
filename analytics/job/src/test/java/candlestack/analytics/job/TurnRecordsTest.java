package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.config.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnRecordsTest {
    private static final byte[] LARGE = "x".repeat(3_900_000).getBytes(UTF_8);
    private static final String SAID = "\"reason\":\"no voter (the first 2949120 of 3900000 bytes)\"";

    @Test
    void theLetterOfTheLargestRecordFitsIntoItsTopic() {
        TurnRecords records = new TurnRecords();
        records.deadLetter(new StreamRecord("votes", "v", LARGE, 1_000, "s#1".getBytes(UTF_8), "votes"), "no voter");

        List<OutgoingRecord> letters = records.take();
        assertThat(letters).hasSize(1);
        assertFits(letters.get(0));
    }

    @Test
    void soDoesThatOfTheMarket() {
        IncomingRecord incoming = new IncomingRecord();
        incoming.setTopic("market.quotes");
        incoming.setValue(LARGE);
        incoming.setHeaders(List.of());
        MarketRecords records = new MarketRecords();
        records.deadLetter(incoming, "no voter");

        assertFits(records.iterator().next());
    }

    @Test
    void anIdWithoutEndIsReplacedByOneThatIsAsStable() {
        String most = "x".repeat(1_024);

        assertThat(idOfLetter(most)).isEqualTo(most);
        assertThat(idOfLetter(most + "1")).hasSize(36).isEqualTo(idOfLetter(most + "1"));
        assertThat(idOfLetter(most + "2")).hasSize(36).isNotEqualTo(idOfLetter(most + "1"));
    }

    private static String idOfLetter(String eventId) {
        return new String(letter("s", eventId).getHeaders().get(1).getValue(), UTF_8);
    }

    @Test
    void aSourceWithoutEndIsShortened() {
        String most = "x".repeat(1_024);

        assertThat(letter(most, "s#1").getKey()).isEqualTo(most);
        OutgoingRecord letter = letter("x".repeat(1_500_000), "s#1");
        assertThat(letter.getKey()).isEqualTo(most + "...");
        assertThat(letter.getHeaders().get(0).getValue()).isEqualTo((most + "...").getBytes(UTF_8));
        assertThat(RecordSize.of(letter)).isLessThan(4_000);
    }

    private static OutgoingRecord letter(String source, String eventId) {
        IncomingRecord incoming = new IncomingRecord();
        incoming.setTopic("market.quotes");
        incoming.setHeaders(List.of(
                new RecordHeader("source", source.getBytes(UTF_8)),
                new RecordHeader("event-id", eventId.getBytes(UTF_8))));
        MarketRecords records = new MarketRecords();
        records.deadLetter(incoming, "no quote");
        return records.iterator().next();
    }

    /** With room for its key, its headers and what the producer adds. */
    private static void assertFits(OutgoingRecord letter) {
        assertThat(letter.getTopic()).isEqualTo("dead.letters");
        assertThat(new String(letter.getValue(), UTF_8)).contains(SAID);
        assertThat(letter.getValue().length).isBetween(3_900_000, Topic.LARGEST_RECORD - 200_000);
    }
}
