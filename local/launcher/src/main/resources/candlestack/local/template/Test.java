package @PACKAGE@;

import static org.junit.jupiter.api.Assertions.assertEquals;

import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class @CLASS@Test {
    @TempDir
    Path folder;

    @Test
    void publishesEachMeasurementOnce() throws Exception {
        // Every answer comes twice, as from an API that measures less often than it is asked.
        try (Stub stub = new Stub(number -> Stub.answer(number / 2))) {
            @CLASS@Factory factory = new @CLASS@Factory();
            FakeClock clock = new FakeClock(Instant.parse("2026-03-02T10:00:00Z"));
            RecordingHost host = RecordingHost.of(factory, Map.of("url", stub.url()), clock, folder);
            try (SourceReader reader = host.open(factory, Optional.empty())) {
                assertEquals(List.of(point(0), point(1)), host.read(reader, 2).events());
            }
        }
    }

    @Test
    void whatIsNoNumberIsRefusedAndDoesNotBecomeZero() throws Exception {
        assertEquals(
                "'wind_speed_10m' is null, expected a number",
                refused("\"time\":1,\"temperature_2m\":2,\"wind_speed_10m\":null"));
        assertEquals(
                "'temperature_2m' is \"mild\", expected a number",
                refused("\"time\":1,\"temperature_2m\":\"mild\",\"wind_speed_10m\":3"));
        assertEquals(
                "'time' is null, expected a number",
                refused("\"time\":null,\"temperature_2m\":2,\"wind_speed_10m\":3"));
    }

    /** Why an answer with this as its current weather becomes a dead letter. */
    private String refused(String current) throws Exception {
        try (Stub stub = new Stub(number -> "{\"current\":{" + current + "}}")) {
            @CLASS@Factory factory = new @CLASS@Factory();
            FakeClock clock = new FakeClock(Instant.parse("2026-03-02T10:00:00Z"));
            RecordingHost host = RecordingHost.of(factory, Map.of("url", stub.url()), clock, folder);
            try (SourceReader reader = host.open(factory, Optional.empty())) {
                Recording recording = host.read(reader, 1);
                assertEquals(List.of(), recording.events());
                return recording.rejects().get(0).reason().replaceFirst(".*: (?=')", "");
            }
        }
    }

    private static SeriesPoint point(int number) {
        Instant time = Instant.parse("2026-03-02T10:00:00Z").plusSeconds(60L * number);
        return SeriesPoint.of(
                "@NAME@/berlin/" + time,
                "@NAME@",
                time,
                Map.of("place", "berlin"),
                Map.of("temperature", 21.5, "wind", (double) number));
    }
}
