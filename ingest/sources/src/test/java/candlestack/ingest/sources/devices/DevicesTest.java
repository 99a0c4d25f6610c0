package candlestack.ingest.sources.devices;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Document;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOW);

    @Test
    void anEventIsTheOneOfTheSystemsWeTakeOverFrom() throws Exception {
        Document first = (Document) read(Map.of(), Optional.empty(), 1).events().get(0);

        assertThat(first)
                .isEqualTo(Document.of(
                        "devices@2026-03-02T10:00:00Z#0",
                        Document.Stream.DEVICES_EVENTS,
                        "4f0de6c7-31ce-3b77-b9f3-d164cc8fe313",
                        NOW.plusSeconds(1),
                        """
                        {"eventId":"4f0de6c7-31ce-3b77-b9f3-d164cc8fe313","eventOffset":0,"eventPublisher":"device",\
                        "customerId":"CI00117","data":{"devices":[\
                        {"deviceId":"D002","temperature":17.7,"measure":"C","status":"SUCCESS"},\
                        {"deviceId":"D003","temperature":18.8,"measure":"C","status":"SUCCESS"},\
                        {"deviceId":"D004","temperature":19.3,"measure":"C","status":"SUCCESS"}]},\
                        "eventTime":"2026-03-02T10:00:01.000Z"}"""));
    }

    @Test
    void aSeedGivesTheSameReports() {
        List<Report> first = reports(7, 0.1);

        assertThat(reports(7, 0.1)).isEqualTo(first);
        assertThat(reports(8, 0.1)).isNotEqualTo(first);
    }

    @Test
    void goesOnWithTheReportsOfAnUndisturbedRun() throws Exception {
        Map<String, String> options = Map.of("rate", "1000");
        List<String> undisturbed = documents(read(options, Optional.empty(), 3_000));
        Recording before = read(options, Optional.empty(), 1_000);
        Position position = before.position().orElseThrow();

        List<String> after = documents(read(options, Optional.of(position), 1_000));

        int next = (int) position.number("next");
        assertThat(withoutTime(after)).isEqualTo(withoutTime(undisturbed).subList(next, next + after.size()));
    }

    @Test
    void aTenthOfTheReportsHasOneFault() {
        List<Report> reports = reports(1, 0.1);

        assertThat(List.of(
                        reports.stream()
                                .filter(report -> report.customer().isEmpty())
                                .count(),
                        reports.stream()
                                .filter(report -> report.readings().isEmpty())
                                .count(),
                        readings(reports)
                                .filter(reading -> reading.device().isEmpty())
                                .count(),
                        readings(reports)
                                .filter(reading -> reading.status().isEmpty())
                                .count()))
                .containsExactly(266L, 233L, 250L, 238L);
        assertThat(reports(1, 0))
                .allMatch(report ->
                        report.customer().isPresent() && !report.readings().isEmpty());
    }

    @Test
    void valuesAreWithinTheirRanges() {
        List<Report> reports = reports(1, 0);

        assertThat(reports.stream().map(report -> report.customer().orElseThrow()))
                .allMatch(customer -> customer.matches("CI00(10\\d|11\\d|120)"))
                .contains("CI00100", "CI00120");
        assertThat(readings(reports)).allMatch(reading -> reading.tenths() >= 0 && reading.tenths() <= 300);
        assertThat(readings(reports)
                        .map(reading -> reading.device().orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrder("D001", "D002", "D003", "D004", "D005");
        assertThat(readings(reports)
                        .map(reading -> reading.status().orElseThrow())
                        .distinct())
                .containsExactlyInAnyOrder("SUCCESS", "ERROR", "STANDBY");
    }

    @Test
    void keepsItsRateByTheClock() throws Exception {
        Recording recording = read(Map.of("rate", "2"), Optional.empty(), 10);

        assertThat(recording.events()).hasSize(10);
        assertThat(clock.instant()).isBetween(NOW.plusMillis(5_000), NOW.plusMillis(5_010));
    }

    private static Stream<Report.Reading> readings(List<Report> reports) {
        return reports.stream().flatMap(report -> report.readings().stream());
    }

    private static List<Report> reports(long seed, double faults) {
        Fleet fleet = new Fleet(seed, faults);
        return LongStream.range(0, 10_000).mapToObj(fleet::report).toList();
    }

    private static List<String> documents(Recording recording) {
        return recording.events().stream()
                .map(event -> ((Document) event).json())
                .toList();
    }

    private static List<String> withoutTime(List<String> documents) {
        return documents.stream()
                .map(document -> document.replaceAll("\"eventTime\":\"[^\"]*\"", ""))
                .toList();
    }

    private Recording read(Map<String, String> options, Optional<Position> position, int count) throws Exception {
        clock.advance(Duration.between(clock.instant(), NOW));
        RecordingHost host = RecordingHost.of(new DevicesFactory(), options, clock, folder);
        try (SourceReader reader = host.open(new DevicesFactory(), position)) {
            return host.read(reader, count);
        }
    }
}
