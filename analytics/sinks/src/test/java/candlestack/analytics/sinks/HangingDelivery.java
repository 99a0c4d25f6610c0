package candlestack.analytics.sinks;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.config.Topic;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** Answers nothing, and does not listen to interrupts either. */
final class HangingDelivery implements Delivery {
    final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public String name() {
        return "hanging";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.MARKET_BARS);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals) throws StoreException {
        asked.countDown();
        Awaitility.await().forever().until(() -> closed.getCount() == 0);
        throw new StoreException(StoreException.Kind.UNREACHABLE, "closed", null);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
