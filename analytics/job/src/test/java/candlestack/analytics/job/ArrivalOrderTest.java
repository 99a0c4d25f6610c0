package candlestack.analytics.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class ArrivalOrderTest {
    @Test
    void recordsInOrderStayInOrder() {
        assertThat(sorted(at(0, 1), at(0, 2), at(0, 5))).containsExactly("0/1", "0/2", "0/5");
    }

    @Test
    void recordsOutOfOrderAreSortedByTheirPlaceInTheTopic() {
        assertThat(sorted(at(1, 7), at(0, 9), at(1, 3), at(0, 2))).containsExactly("0/2", "0/9", "1/3", "1/7");
    }

    private static List<String> sorted(IncomingRecord... records) {
        return ArrivalOrder.of(
                        CollectionConverters.asScala(Arrays.asList(records).iterator()))
                .stream()
                .map(next -> next.getPartition() + "/" + next.getOffset())
                .toList();
    }

    private static IncomingRecord at(int partition, long offset) {
        IncomingRecord incoming = new IncomingRecord();
        incoming.setTopic("market.quotes");
        incoming.setPartition(partition);
        incoming.setOffset(offset);
        return incoming;
    }
}
