package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.status.Ticker;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Device readings to part files in {@code export/devices}, one every ten seconds or for each megabyte that comes
 * before, and their merger beside it, on a thread of its own.
 */
public final class CsvDelivery implements Delivery {
    private static final Logger log = LoggerFactory.getLogger(CsvDelivery.class);
    private static final Duration PART = Duration.ofSeconds(10);
    /** An hour of parts of ten seconds. */
    private static final Compaction.Limits LIMITS = new Compaction.Limits(360, 64L << 20);

    private final Path folder;
    private final PartWriter writer;
    private final Merger merger;
    private final Ticker ticker = new Ticker("devices-merger", PART, this::merge);
    private boolean failing;

    private CsvDelivery(Settings settings, InstantSource clock) {
        this.folder = settings.home().resolve("export").resolve("devices");
        ExportFiles files = new DiskFiles(folder);
        this.writer = new PartWriter(files);
        this.merger = new Merger(files, LIMITS, settings.get(Keys.RETENTION), clock);
    }

    /** Starts the merger's thread; {@link #close} stops it. */
    public static CsvDelivery start(Settings settings, InstantSource clock) {
        CsvDelivery delivery = new CsvDelivery(settings, requireNonNull(clock, "clock is null"));
        delivery.ticker.start();
        return delivery;
    }

    @Override
    public String name() {
        return "csv-devices";
    }

    @Override
    public List<Topic> topics() {
        return List.of(Topic.DEVICES_READINGS);
    }

    @Override
    public Duration gathering() {
        return PART;
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        List<Row> rows = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                rows.add(Row.decode(record));
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        try {
            return writer.write(rows);
        } catch (ClosedByInterruptException e) {
            throw stopped(e);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.BUSY, "Cannot write a part file in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static InterruptedException stopped(ClosedByInterruptException cause) {
        // The channel leaves the flag set, which an exception takes the place of.
        Thread.interrupted();
        InterruptedException stopped = new InterruptedException("stopped while writing a part file");
        stopped.initCause(cause);
        return stopped;
    }

    private void merge() throws InterruptedException {
        try {
            merger.run();
            if (failing) {
                failing = false;
                log.info("The parts in {} are merged again", folder);
            }
        } catch (ClosedByInterruptException e) {
            throw stopped(e);
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                log.warn("Cannot merge the parts in {}, trying until it works: {}", folder, e.toString());
            }
        }
    }

    @Override
    public void close() {
        ticker.close();
    }
}
