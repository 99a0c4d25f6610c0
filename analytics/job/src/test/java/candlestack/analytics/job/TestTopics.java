package candlestack.analytics.job;

import candlestack.config.Topic;
import candlestack.local.testbed.TestKafka;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The product's topics, stamped by the broker as the set-up makes them. */
final class TestTopics {
    private TestTopics() {}

    static void create(String bootstrap, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", "120000"))) {
            List<NewTopic> topics = Arrays.stream(Topic.values())
                    .map(topic -> new NewTopic(topic.topicName(), partitions, (short) 1)
                            .configs(Map.of(
                                    "message.timestamp.type",
                                    "LogAppendTime",
                                    "max.message.bytes",
                                    Integer.toString(Topic.LARGEST_RECORD))))
                    .toList();
            TestKafka.create(admin, topics);
        }
    }
}
