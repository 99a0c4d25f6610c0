package candlestack.local.services;

import candlestack.config.Secrets;
import candlestack.local.testbed.TestCassandra;
import candlestack.local.testbed.TestInflux;
import candlestack.local.testbed.TestKafka;
import candlestack.local.testbed.TestMongo;
import candlestack.local.testbed.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;

/** The testbed's. */
final class EmbeddedServices {
    private EmbeddedServices() {}

    static TestService kafka(Path home) {
        TestKafka kafka = TestKafka.start(home.resolve("kafka"));
        return new Embedded(
                Map.of("kafka.url", kafka.bootstrap()), kafka::stop, well(kafka::stop), kafka::start, kafka::close);
    }

    static TestService influxdb(Path home) {
        TestInflux influx = TestInflux.start(home);
        return new Embedded(
                Map.of("influxdb.url", influx.url()), influx::kill, influx::stop, influx::start, influx::close);
    }

    static TestService postgres(Path home) {
        new Secrets(home.resolve("secrets")).store(Secrets.POSTGRES_SUPERUSER, "trusted");
        TestPostgres postgres = TestPostgres.start(home.resolve("postgres"));
        return new Embedded(
                Map.of("postgres.url", postgres.url()),
                postgres::stop,
                well(postgres::stop),
                postgres::start,
                postgres::close);
    }

    /** By its port, not its address: then it is known as the one that knows no logins. */
    static TestService mongodb(Path home) {
        TestMongo mongo = TestMongo.start(home);
        String port = String.valueOf(URI.create(mongo.url()).getPort());
        return new Embedded(Map.of("mongodb.port", port), mongo::kill, mongo::stop, mongo::start, mongo::close);
    }

    static TestService cassandra(Path home) {
        TestCassandra cassandra = TestCassandra.start(home);
        return new Embedded(
                Map.of("cassandra.url", cassandra.contactPoint()),
                cassandra::kill,
                cassandra::stop,
                cassandra::start,
                cassandra::close);
    }

    private static IntSupplier well(Runnable stop) {
        return () -> {
            stop.run();
            return 0;
        };
    }

    /** @param stopping returns the exit code */
    private record Embedded(
            Map<String, String> settings, Runnable killing, IntSupplier stopping, Runnable starting, Runnable closing)
            implements TestService {
        @Override
        public void kill() {
            killing.run();
        }

        @Override
        public void stop() {
            int code = stopping.getAsInt();
            if (code != 0) {
                throw new IllegalStateException("It ended with " + code + " when it was asked to stop");
            }
        }

        @Override
        public void start() {
            starting.run();
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
