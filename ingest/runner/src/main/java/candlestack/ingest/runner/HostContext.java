package candlestack.ingest.runner;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source gets from this host. */
record HostContext(String instance, Config config, Clock clock, Path directory, SourceStatus status)
        implements SourceContext {
    private static final Logger LOG = LoggerFactory.getLogger("source");

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, duration.toNanos()));
    }

    @Override
    public void report(String notice) {
        if (status.notice(notice) && status.mayLog()) {
            LOG.info("'{}' {}", instance, notice);
        }
    }
}
